package dev.fairlead.airflow.internal.rest3;

import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a user and password for a token, keeps it for 80 % of its life, and drops it when the server refuses it. A token of the settings is
 * sent as it is. Where there are no credentials, a server that lets everybody in gives a token too.
 */
public final class TokenLogin implements CredentialsProvider {
    private static final JsonCodec JSON = JsonCodec.snakeCase();
    /** The life of a token that does not tell it; Airflow's default is 24 hours. */
    private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(30);
    /** How long a server's refusal to give everybody a token is remembered. */
    private static final Duration NOBODY = Duration.ofMinutes(1);

    private final CredentialsProvider source;
    private final Supplier<HttpCalls> calls;
    private final Clock clock;
    private final BooleanSupplier takesPasswords;
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    private final ReentrantLock one = new ReentrantLock();

    /** Creates the login; {@code calls} is the line to the same server, asked for without credentials. */
    public TokenLogin(CredentialsProvider source, Supplier<HttpCalls> calls, Clock clock) {
        this(source, calls, clock, () -> false);
    }

    /** Creates the login to a server that may take user and password as they are. */
    public TokenLogin(
            CredentialsProvider source, Supplier<HttpCalls> calls, Clock clock, BooleanSupplier takesPasswords) {
        this.source = source;
        this.takesPasswords = takesPasswords;
        this.calls = calls;
        this.clock = clock;
    }

    private record Held(Optional<Credential> credential, Instant until) {}

    record TokenWire(@Nullable String accessToken) {}

    private record ClaimsWire(@Nullable Long exp, @Nullable Long iat) {}

    @Override
    public Optional<Credential> resolve(URI target) {
        Optional<Credential> given = source.resolve(target);
        if ((given.isPresent() && !(given.get() instanceof Credential.Basic)) || takesPasswords.getAsBoolean()) {
            return given;
        }
        Optional<Held> fresh = fresh();
        if (fresh.isPresent()) {
            return fresh.get().credential();
        }
        one.lock();
        try {
            Held now = fresh().orElseGet(
                            () -> given.map(c -> login((Credential.Basic) c)).orElseGet(this::everybody));
            held.set(now);
            return now.credential();
        } finally {
            one.unlock();
        }
    }

    private Optional<Held> fresh() {
        return Optional.ofNullable(held.get()).filter(h -> clock.instant().isBefore(h.until()));
    }

    private Held login(Credential.Basic user) {
        byte[] body = JSON.write(Map.of("username", user.username(), "password", user.password()));
        TokenWire token = calls.get()
                .call(CallSpec.post("auth/token", "/auth/token", Body.json(body), Decoder.json(JSON, TokenWire.class))
                        .anonymous()
                        .repeatable()
                        .build());
        return hold(token);
    }

    private Held everybody() {
        try {
            return hold(calls.get()
                    .call(CallSpec.get("auth/token", "/auth/token", Decoder.json(JSON, TokenWire.class))
                            .anonymous()
                            .build()));
        } catch (UnauthenticatedException | PermissionException | NotFoundException | UnsupportedByServerException e) {
            return new Held(Optional.empty(), clock.instant().plus(NOBODY));
        }
    }

    private Held hold(TokenWire wire) {
        String token = wire.accessToken();
        if (token == null || token.isEmpty()) {
            return new Held(Optional.empty(), clock.instant().plus(NOBODY));
        }
        Duration life = life(token);
        Instant now = clock.instant();
        return new Held(
                Optional.of(Credential.token("Bearer", token, now.plus(life))),
                now.plus(life.multipliedBy(4).dividedBy(5)));
    }

    /** Reads a token's life from its own claims, so that the server's clock need not be ours. */
    private static Duration life(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return UNKNOWN_LIFE;
        }
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            ClaimsWire wire = JSON.read(claims.getBytes(StandardCharsets.UTF_8), ClaimsWire.class, "a token");
            Long exp = wire.exp();
            Long iat = wire.iat();
            return exp == null || iat == null || exp <= iat ? UNKNOWN_LIFE : Duration.ofSeconds(exp - iat);
        } catch (IllegalArgumentException | dev.fairlead.error.InvalidResponseException e) {
            return UNKNOWN_LIFE;
        }
    }

    @Override
    public void refused(Credential credential) {
        Held now = held.get();
        if (now != null && now.credential().filter(credential::equals).isPresent()) {
            held.compareAndSet(now, null);
        }
        source.refused(credential);
    }

    @Override
    public String describe() {
        return "Airflow's token for: " + source.describe();
    }
}
