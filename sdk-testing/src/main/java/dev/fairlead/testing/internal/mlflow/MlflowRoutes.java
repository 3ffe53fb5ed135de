package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The server's routes. Each is there twice, as on the server: under {@code /api} and under {@code /ajax-api}. */
public final class MlflowRoutes {
    private static final Pattern LOCAL_HOST = Pattern.compile(
            "(localhost|127\\.0\\.0\\.1|\\[::1]|0\\.0\\.0\\.0|10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*)(:\\d+)?");
    private static final String V3 = "3.0/";
    private static final List<String> AFTER_2 = List.of(V3, "webhooks", "logged-models", "runs/outputs");
    private static final String OF_WEB_PAGES = "experiments/search-datasets";

    private final MlflowState state;
    private final ArtifactRoutes artifacts;
    private final String version;
    private final @Nullable String authorization;
    private final Set<String> allowedHosts;

    /**
     * Creates the routes.
     *
     * @param authorization the only Authorization header that is let in, or {@code null} for anybody
     * @param allowedHosts names the server may be called by, besides local ones
     */
    public MlflowRoutes(
            MlflowState state,
            Path artifacts,
            String version,
            @Nullable String authorization,
            Set<String> allowedHosts) {
        this.state = state;
        this.artifacts = new ArtifactRoutes(state, new ArtifactFolder(artifacts), version);
        this.version = version;
        this.authorization = authorization;
        this.allowedHosts = Set.copyOf(allowedHosts);
    }

    /** Makes the table of routes. */
    public Routes routes() {
        Routes routes = new Routes();
        routes.on("GET", "/health", call -> Answer.text(200, "text/html; charset=utf-8", "OK"));
        routes.on("GET", "/version", call -> Answer.text(200, "text/html; charset=utf-8", version));
        for (String prefix : List.of("/api", "/ajax-api")) {
            for (String call : state.calls()) {
                String[] parts = call.split(" ", 2);
                boolean here = !parts[1].equals(OF_WEB_PAGES) || prefix.equals("/ajax-api");
                if (here && offered(parts[1])) {
                    guarded(routes, parts[0], prefix + path(parts[1]), http -> api(call, http));
                }
            }
            guarded(
                    routes,
                    "POST",
                    prefix + "/2.0/mlflow/webhooks/{webhook_id}/test",
                    http -> Answer.json(state.webhooks().test(http.variable("webhook_id"), http.json())));
            guarded(routes, "GET", prefix + "/3.0/mlflow/server-info", http -> serverInfo());
        }
        artifacts.add((method, pattern, handler) -> guarded(routes, method, pattern, handler));
        if (!before3()) {
            guarded(routes, "POST", "/v1/traces", http -> OtlpRoute.handle(state, http));
        }
        return routes;
    }

    /** Calls of version 3 are named with it. */
    private static String path(String operation) {
        return operation.startsWith(V3)
                ? "/3.0/mlflow/" + operation.substring(V3.length())
                : "/2.0/mlflow/" + operation;
    }

    private boolean offered(String operation) {
        return !operation.startsWith("v1/") && (!before3() || AFTER_2.stream().noneMatch(operation::startsWith));
    }

    private boolean before3() {
        return version.startsWith("2.");
    }

    private void guarded(Routes routes, String method, String pattern, Routes.Handler handler) {
        routes.on(method, pattern, call -> {
            String host = call.header("host").orElse("");
            if (!LOCAL_HOST.matcher(host).matches() && !allowedHosts.contains(host)) {
                return Answer.text(403, "text/plain", "Invalid Host header - possible DNS rebinding attack detected");
            }
            if (authorization != null
                    && !call.header("authorization").orElse("").equals(authorization)) {
                return Answer.text(
                                401,
                                "text/html; charset=utf-8",
                                "You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.")
                        .header("WWW-Authenticate", "Basic realm=\"mlflow\"");
            }
            return handler.handle(call);
        });
    }

    private Answer serverInfo() {
        return before3() ? notFound() : Answer.json(Wire.object("store_type", "SqlStore", "workspaces_enabled", false));
    }

    private Answer api(String call, HttpCall http) throws IOException {
        if (http.method().equals("GET")) {
            Map<String, Object> fields = new LinkedHashMap<>(http.query());
            fields.putAll(http.variables());
            return Answer.json(state.call(call, fields));
        }
        boolean bare = http.method().equals("DELETE") && http.bytes().length == 0;
        if (!bare && !http.header("content-type").orElse("").startsWith("application/json")) {
            throw Refusal.invalid("Bad Request. Content-Type must be one of ['application/json'].");
        }
        Map<String, Object> fields = new LinkedHashMap<>(body(http));
        fields.putAll(http.variables());
        return Answer.json(state.call(call, fields));
    }

    /** The server reads a body that is not JSON as an empty one. */
    private static Map<String, Object> body(HttpCall http) throws IOException {
        try {
            return http.json();
        } catch (InvalidResponseException e) {
            return Map.of();
        }
    }

    /** Answers what a route refused, or where there is none. */
    public static Answer onError(@Nullable Exception e) {
        if (e == null) {
            return notFound();
        }
        return e instanceof Refusal refusal ? error(refusal.status, refusal.code, refusal.text()) : failed();
    }

    /** Makes an error as the server words it for a status. */
    public static Answer error(int status) {
        return switch (status) {
            case 404 -> error(404, "RESOURCE_DOES_NOT_EXIST", "said by the fault script");
            case 429 -> error(429, "REQUEST_LIMIT_EXCEEDED", "said by the fault script");
            case 503 -> error(503, "TEMPORARILY_UNAVAILABLE", "said by the fault script");
            case 504 -> error(504, "DEADLINE_EXCEEDED", "said by the fault script");
            case 400 -> error(400, "INVALID_PARAMETER_VALUE", "said by the fault script");
            default -> error(status, "INTERNAL_ERROR", "said by the fault script");
        };
    }

    private static Answer error(int status, String code, String message) {
        return Answer.json(status, Wire.object("error_code", code, "message", message));
    }

    private static Answer notFound() {
        return Answer.text(
                404,
                "text/html; charset=utf-8",
                "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n");
    }

    private static Answer failed() {
        return Answer.text(500, "text/plain; charset=utf-8", "Internal Server Error");
    }
}
