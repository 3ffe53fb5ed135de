package dev.fairlead.testing.internal.airflow;

import dev.fairlead.spi.JsonCodec;
import dev.fairlead.testing.internal.http.HttpCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Gives and judges tokens. They look like JWTs and are signed by nobody: the fake knows those it gave. */
public final class Tokens {
    private final Map<String, User> users;
    private final boolean everybody;
    private final Clock clock;
    private final Duration life;
    private final Map<String, Given> given = new ConcurrentHashMap<>();

    /** A user. */
    public record User(String name, String password, boolean mayWrite) {}

    private record Given(User user, Instant until) {}

    public Tokens(Map<String, User> users, boolean everybody, Clock clock, Duration life) {
        this.users = Map.copyOf(users);
        this.everybody = everybody;
        this.clock = clock;
        this.life = life;
    }

    Map<String, Object> login(HttpCall call) throws IOException {
        Map<String, Object> body = call.json();
        User user = users.get(String.valueOf(body.get("username")));
        if (user == null || !user.password().equals(body.get("password"))) {
            throw new Refusal(401, "Invalid credentials");
        }
        return give(user);
    }

    Map<String, Object> letIn() {
        if (!everybody) {
            throw new Refusal(403, "This method is only allowed if ``[core] simple_auth_manager_all_admins`` is True");
        }
        return give(new User("Anonymous", "", true));
    }

    private Map<String, Object> give(User user) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", user.name());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        String token = part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "."
                + part(JsonCodec.camelCase().text(claims)) + "." + part("fake");
        given.put(token, new Given(user, now.plus(life)));
        return Map.of("access_token", token);
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns who calls, or refuses as Airflow does. */
    User caller(HttpCall call) {
        String header = call.header("Authorization").orElse("");
        if (!header.startsWith("Bearer ")) {
            throw new Refusal(401, "Not authenticated");
        }
        Given found = given.get(header.substring("Bearer ".length()));
        if (found == null) {
            throw new Refusal(403, "Invalid JWT token");
        }
        if (!clock.instant().isBefore(found.until())) {
            throw new Refusal(401, "Token Expired");
        }
        return found.user();
    }

    /** Forgets all tokens, as a restart with another secret does. */
    public void forget() {
        given.clear();
    }
}
