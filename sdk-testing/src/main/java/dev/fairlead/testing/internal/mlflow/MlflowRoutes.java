package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
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
    private static final long MAX_SMALL_UPLOAD = 10L << 20;

    private final MlflowState state;
    private final ArtifactFolder artifacts;
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
        this.artifacts = new ArtifactFolder(artifacts);
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
                guarded(routes, parts[0], prefix + "/2.0/mlflow/" + parts[1], http -> api(call, http));
            }
            guarded(routes, "GET", prefix + "/2.0/mlflow/artifacts/list", this::listOfRun);
            guarded(routes, "GET", prefix + "/3.0/mlflow/server-info", http -> serverInfo());
            String proxy = prefix + "/2.0/mlflow-artifacts/artifacts";
            guarded(routes, "GET", proxy, this::list);
            guarded(routes, "GET", proxy + "/{path...}", this::download);
            guarded(routes, "PUT", proxy + "/{path...}", this::upload);
            guarded(routes, "DELETE", proxy + "/{path...}", this::delete);
        }
        guarded(routes, "GET", "/get-artifact", this::downloadOfRun);
        guarded(routes, "POST", "/ajax-api/2.0/mlflow/upload-artifact", this::uploadOfRun);
        return routes;
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
        boolean before3 = version.startsWith("2.");
        return before3 ? notFound() : Answer.json(Wire.object("store_type", "SqlStore", "workspaces_enabled", false));
    }

    private Answer api(String call, HttpCall http) throws IOException {
        if (http.method().equals("GET")) {
            Map<String, Object> fields = new LinkedHashMap<>(http.query());
            return Answer.json(state.call(call, fields));
        }
        if (!http.header("content-type").orElse("").startsWith("application/json")) {
            throw Refusal.invalid("Bad Request. Content-Type must be one of ['application/json'].");
        }
        return Answer.json(state.call(call, body(http)));
    }

    /** The server reads a body that is not JSON as an empty one. */
    private static Map<String, Object> body(HttpCall http) throws IOException {
        try {
            return http.json();
        } catch (InvalidResponseException e) {
            return Map.of();
        }
    }

    private Answer list(HttpCall http) throws IOException {
        String path = http.query("path").orElse("");
        ArtifactFolder.check(path);
        return Answer.json(Wire.object("files", artifacts.list(path, "")));
    }

    private Answer listOfRun(HttpCall http) throws IOException {
        String root = state.artifactUri(runId(http, "run_id"));
        String path = http.query("path").orElse("").replaceAll("/+$", "");
        ArtifactFolder.check(path);
        String folder = ArtifactFolder.path(root) + (path.isEmpty() ? "" : "/" + path);
        return Answer.json(
                Wire.object("root_uri", root, "files", artifacts.list(folder, path.isEmpty() ? "" : path + "/")));
    }

    private static String runId(HttpCall http, String name) {
        return http.query(name).orElseThrow(() -> Refusal.missingParameter(name));
    }

    private Answer download(HttpCall http) throws IOException {
        Path file = artifacts.file(http.variable("path"));
        if (Files.isDirectory(file)) {
            return Answer.json(
                    400,
                    Map.of(
                            "detail",
                            "Artifact path refers to a directory, not a file: '" + http.variable("path") + "'"));
        }
        return Answer.file(file, "application/octet-stream", true);
    }

    private Answer downloadOfRun(HttpCall http) throws IOException {
        String root = ArtifactFolder.path(state.artifactUri(runId(http, "run_id")));
        Path file = artifacts.file(root + "/" + http.query("path").orElse(""));
        return Files.isDirectory(file) ? failed() : Answer.file(file, "application/octet-stream", false);
    }

    private Answer upload(HttpCall http) throws IOException {
        artifacts.put(http.variable("path"), http.stream());
        return Answer.empty(200);
    }

    private Answer uploadOfRun(HttpCall http) throws IOException {
        byte[] content = http.bytes();
        if (content.length > MAX_SMALL_UPLOAD) {
            throw Refusal.invalid("Artifact size is too large. Max size is 10485760 bytes.");
        }
        String root = ArtifactFolder.path(state.artifactUri(runId(http, "run_uuid")));
        artifacts.put(root + "/" + http.query("path").orElse(""), new ByteArrayInputStream(content));
        return Answer.json(Map.of());
    }

    private Answer delete(HttpCall http) throws IOException {
        artifacts.delete(http.variable("path"));
        return Answer.json(Map.of());
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
