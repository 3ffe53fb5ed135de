package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Gives out tokens of service accounts and tells whose a token is. */
final class Accounts {
    private static final String SELF = "https://kubernetes.default.svc";
    private static final String AUTHENTICATION = "/apis/authentication.k8s.io/v1/";
    private static final KindInfo ACCOUNT = KindInfo.plain("", "v1", "serviceaccounts", "ServiceAccount", true);

    private final ObjectStore store;
    private final Clock clock;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    Accounts(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Issued(String user, List<String> audiences, Instant end) {}

    /** Tells whether a token is one of ours that speaks to this server. */
    boolean mayEnter(String token) {
        return reviewed(token, List.of(SELF)).isPresent();
    }

    private Optional<Issued> reviewed(String token, List<String> audiences) {
        return Optional.ofNullable(issued.get(token))
                .filter(t -> clock.instant().isBefore(t.end()))
                .filter(t -> t.audiences().stream().anyMatch(audiences::contains));
    }

    /** Answers a question about accounts; empty if it is none. */
    Optional<Map<String, Object>> answer(Router.Route route, MiniHttp.Request request, String bearer) {
        Api.Target target = route.target();
        if (!request.method().equals("POST")) {
            return Optional.empty();
        }
        if (target != null
                && target.kind().kind().kind().equals("ServiceAccount")
                && target.subresource().equals("token")) {
            return Optional.of(issue(target, Router.body(request)));
        }
        return switch (request.path()) {
            case AUTHENTICATION + "selfsubjectreviews" -> Optional.of(whoIs(bearer, Router.body(request)));
            case AUTHENTICATION + "tokenreviews" -> Optional.of(review(Router.body(request)));
            default -> Optional.empty();
        };
    }

    private Map<String, Object> issue(Api.Target target, Map<String, Object> request) {
        if (store.find(target.kind(), target.namespace(), target.name()).isEmpty()) {
            throw Refusal.notFound(ACCOUNT, target.name());
        }
        Map<String, Object> spec = Tree.map(request, "spec");
        List<String> audiences = texts(spec.get("audiences"));
        long seconds = spec.get("expirationSeconds") instanceof Number number ? number.longValue() : 3600;
        if (seconds < 600) {
            throw Refusal.invalid(
                    ACCOUNT,
                    target.name(),
                    "spec.expirationSeconds",
                    "Invalid value: " + seconds + ": may not specify a duration less than 10 minutes");
        }
        Instant end = Instant.ofEpochSecond(clock.instant().getEpochSecond() + seconds);
        String user = "system:serviceaccount:" + target.namespace() + ":" + target.name();
        String token = token(user, audiences.isEmpty() ? List.of(SELF) : audiences, end);
        Map<String, Object> answer = Tree.copy(request);
        answer.put("status", Tree.of("token", token, "expirationTimestamp", end.toString()));
        return answer;
    }

    private String token(String user, List<String> audiences, Instant end) {
        Map<String, Object> claims = Tree.of(
                "aud",
                audiences,
                "exp",
                end.getEpochSecond(),
                "iss",
                SELF,
                "jti",
                UUID.randomUUID().toString(),
                "sub",
                user);
        String token = part(Tree.of("alg", "none")) + "." + part(claims) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString("fake".getBytes(StandardCharsets.UTF_8));
        issued.put(token, new Issued(user, audiences, end));
        return token;
    }

    private static String part(Map<String, Object> json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JsonCodec.camelCase().write(json));
    }

    private Map<String, Object> whoIs(String bearer, Map<String, Object> review) {
        Issued known = issued.get(bearer);
        Map<String, Object> answer = Tree.copy(review);
        answer.put("status", Tree.of("userInfo", Tree.of("username", known == null ? "admin" : known.user())));
        return answer;
    }

    private Map<String, Object> review(Map<String, Object> review) {
        Map<String, Object> spec = Tree.map(review, "spec");
        List<String> wanted = texts(spec.get("audiences"));
        List<String> audiences = wanted.isEmpty() ? List.of(SELF) : wanted;
        Map<String, Object> answer = Tree.copy(review);
        answer.put(
                "status",
                reviewed(Tree.text(spec, "token"), audiences)
                        .map(t -> Tree.of(
                                "authenticated",
                                true,
                                "user",
                                Tree.of("username", t.user()),
                                "audiences",
                                audiences.stream()
                                        .filter(t.audiences()::contains)
                                        .toList()))
                        .orElseGet(() -> Tree.of("user", Map.of(), "error", "invalid bearer token")));
        return answer;
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> all ? all.stream().map(String::valueOf).toList() : List.of();
    }
}
