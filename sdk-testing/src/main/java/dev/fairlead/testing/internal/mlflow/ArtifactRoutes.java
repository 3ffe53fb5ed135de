package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The routes of artifacts, on a server that keeps them in a folder: it offers neither uploads in parts nor signed addresses. */
final class ArtifactRoutes {
    private static final long MAX_SMALL_UPLOAD = 10L << 20;

    private final MlflowState state;
    private final ArtifactFolder artifacts;
    private final boolean before3;

    ArtifactRoutes(MlflowState state, ArtifactFolder artifacts, String version) {
        this.state = state;
        this.artifacts = artifacts;
        this.before3 = version.startsWith("2.");
    }

    /** Takes a route. */
    interface Table {
        void on(String method, String pattern, Routes.Handler handler);
    }

    void add(Table table) {
        for (String prefix : List.of("/api", "/ajax-api")) {
            table.on("GET", prefix + "/2.0/mlflow/artifacts/list", this::listOfRun);
            if (!before3) {
                String model = prefix + "/2.0/mlflow/logged-models/{model_id}/artifacts/";
                table.on("GET", model + "directories", this::listOfLoggedModel);
                table.on("GET", model + "files", this::downloadOfLoggedModel);
            }
            String root = prefix + "/2.0/mlflow-artifacts/";
            table.on("GET", root + "artifacts", this::list);
            table.on("GET", root + "artifacts/{path...}", this::download);
            table.on("PUT", root + "artifacts/{path...}", this::upload);
            table.on("DELETE", root + "artifacts/{path...}", this::delete);
            table.on("POST", root + "mpu/{step}/{path...}", http -> notOffered("Multipart upload"));
            if (!before3) {
                table.on("GET", root + "presigned/{path...}", http -> notOffered("Multipart download"));
                String sign = prefix + "/2.0/mlflow/artifacts/presigned-";
                table.on("POST", sign + "upload-url", http -> sign(http, "Presigned upload"));
                table.on("POST", sign + "download-url", http -> sign(http, "Presigned download"));
            }
        }
        table.on("GET", "/get-artifact", this::downloadOfRun);
        table.on("GET", "/model-versions/get-artifact", this::downloadOfModel);
        table.on("POST", "/ajax-api/2.0/mlflow/upload-artifact", this::uploadOfRun);
    }

    private static Answer notOffered(String what) {
        throw Refusal.notOffered(what);
    }

    private Answer sign(HttpCall http, String what) throws IOException {
        String root = state.artifactUri(String.valueOf(http.json().get("run_id")));
        if (root.startsWith("mlflow-artifacts:")) {
            throw Refusal.invalid(
                    what + " is not supported for runs with proxied artifact storage "
                            + "(artifact URI scheme: mlflow-artifacts). This endpoint requires a run with a direct cloud storage artifact URI.");
        }
        return notOffered(what);
    }

    private Answer list(HttpCall http) throws IOException {
        String path = http.query("path").orElse("");
        ArtifactFolder.check(path);
        return Answer.json(Wire.object("files", artifacts.list(path, "")));
    }

    private Answer listOfRun(HttpCall http) throws IOException {
        String root = state.artifactUri(parameter(http, "run_id"));
        String path = http.query("path").orElse("").replaceAll("/+$", "");
        ArtifactFolder.check(path);
        String folder = ArtifactFolder.path(root) + (path.isEmpty() ? "" : "/" + path);
        return Answer.json(
                Wire.object("root_uri", root, "files", artifacts.list(folder, path.isEmpty() ? "" : path + "/")));
    }

    private Answer listOfLoggedModel(HttpCall http) throws IOException {
        String root = state.modelArtifactUri(http.variable("model_id"));
        String path = http.query("artifact_directory_path").orElse("").replaceAll("/+$", "");
        ArtifactFolder.check(path);
        String folder = ArtifactFolder.path(root) + (path.isEmpty() ? "" : "/" + path);
        return Answer.json(
                Wire.object("root_uri", root, "files", artifacts.list(folder, path.isEmpty() ? "" : path + "/")));
    }

    private Answer downloadOfLoggedModel(HttpCall http) throws IOException {
        return whole(
                state.modelArtifactUri(http.variable("model_id")),
                http.query("artifact_file_path").orElse(""));
    }

    private static String parameter(HttpCall http, String name) {
        return http.query(name).orElseThrow(() -> Refusal.missingParameter(name));
    }

    private Answer download(HttpCall http) throws IOException {
        Path file = artifacts.file("", http.variable("path"));
        if (Files.isDirectory(file)) {
            return Answer.json(
                    400,
                    Map.of(
                            "detail",
                            "Artifact path refers to a directory, not a file: '" + http.variable("path") + "'"));
        }
        return Answer.file(file, "application/octet-stream", before3);
    }

    private Answer downloadOfRun(HttpCall http) throws IOException {
        return whole(
                state.artifactUri(parameter(http, "run_id")), http.query("path").orElse(""));
    }

    private Answer downloadOfModel(HttpCall http) throws IOException {
        String source = String.valueOf(state.call("GET model-versions/get-download-uri", Map.copyOf(http.query()))
                .get("artifact_uri"));
        return whole(resolved(source), http.query("path").orElse(""));
    }

    /** The server stores a {@code runs:/} source as it was given. */
    private String resolved(String source) {
        if (!source.startsWith("runs:/")) {
            return source;
        }
        String[] parts = source.substring("runs:/".length()).split("/", 2);
        return state.artifactUri(parts[0]) + (parts.length == 2 ? "/" + parts[1] : "");
    }

    private Answer whole(String root, String path) throws IOException {
        Path file = artifacts.file(ArtifactFolder.path(root), path);
        return Files.isDirectory(file)
                ? Answer.text(500, "text/plain; charset=utf-8", "Internal Server Error")
                : Answer.file(file, "application/octet-stream", false);
    }

    private Answer upload(HttpCall http) throws IOException {
        artifacts.put("", http.variable("path"), http.stream());
        return Answer.empty(200);
    }

    private Answer uploadOfRun(HttpCall http) throws IOException {
        byte[] content = http.bytes();
        if (content.length == 0) {
            throw Refusal.invalid("Request must specify data.");
        }
        if (content.length > MAX_SMALL_UPLOAD) {
            throw Refusal.invalid("Artifact size is too large. Max size is 10MB.");
        }
        String root = ArtifactFolder.path(state.artifactUri(parameter(http, "run_uuid")));
        artifacts.put(root, http.query("path").orElse(""), new ByteArrayInputStream(content));
        return Answer.empty(200);
    }

    private Answer delete(HttpCall http) throws IOException {
        artifacts.delete(http.variable("path"));
        return Answer.json(Map.of());
    }
}
