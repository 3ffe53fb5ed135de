package dev.fairlead.mlflow.internal;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.mlflow.internal.wire.ArtifactWire;
import dev.fairlead.mlflow.internal.wire.RunWire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import java.net.URI;
import java.util.Optional;

/** What artifacts belong to, and how the server names it. */
sealed interface ArtifactOwner {
    /** Reads the address of its artifacts. */
    URI root(Api api);

    /** Lists a folder; empty for the top. */
    RunWire.Files list(Api api, String folder);

    /** Starts the reading of a file from whatever store the server can read. */
    <T> CallSpec.Builder<T> read(String path, Decoder<T> decoder);

    /** Makes the question for a signed address. */
    ArtifactWire.Sign sign(String path);

    /** Returns how many folders below the location of the experiment are its own. */
    int ownFolders();

    private static URI address(String owner, Optional<URI> address) {
        return address.orElseThrow(
                () -> new InvalidResponseException("mlflow names no artifact address for " + owner, null));
    }

    /** A run. */
    record OfRun(String id) implements ArtifactOwner {
        @Override
        public URI root(Api api) {
            return address("run " + id, Decode.run(DefaultRuns.read(api, id)).artifactUri());
        }

        @Override
        public RunWire.Files list(Api api, String folder) {
            return api.get(
                    "artifacts/list",
                    RunWire.Files.class,
                    q -> q.query("run_id", id).query("path", folder.isEmpty() ? null : folder));
        }

        @Override
        public <T> CallSpec.Builder<T> read(String path, Decoder<T> decoder) {
            return CallSpec.get("artifacts/download", "/get-artifact", decoder)
                    .query("run_id", id)
                    .query("path", path);
        }

        @Override
        public ArtifactWire.Sign sign(String path) {
            return new ArtifactWire.Sign(id, null, path);
        }

        @Override
        public int ownFolders() {
            return 2; // <run>/artifacts
        }

        @Override
        public String toString() {
            return "run " + id;
        }
    }

    /** A logged model of MLflow 3. */
    record OfModel(String id) implements ArtifactOwner {
        private String url() {
            return "/api/2.0/mlflow/logged-models/" + CallSpec.encode(id);
        }

        @Override
        public URI root(Api api) {
            return LoggedModelSearch.read(api, id)
                    .artifactUri(); // listing it asks the store, which the server may not reach
        }

        @Override
        public RunWire.Files list(Api api, String folder) {
            api.require("logged models", "3.0");
            return api.calls()
                    .call(CallSpec.get(
                                    "logged-models/artifacts",
                                    url() + "/artifacts/directories",
                                    Decoder.json(Api.JSON, RunWire.Files.class))
                            .query("artifact_directory_path", folder.isEmpty() ? null : folder)
                            .build());
        }

        @Override
        public <T> CallSpec.Builder<T> read(String path, Decoder<T> decoder) {
            return CallSpec.get(
                            "artifacts/download",
                            "/ajax-api/2.0/mlflow/logged-models/" + CallSpec.encode(id) + "/artifacts/files",
                            decoder)
                    .query("artifact_file_path", path);
        }

        @Override
        public ArtifactWire.Sign sign(String path) {
            return new ArtifactWire.Sign(null, id, path);
        }

        @Override
        public int ownFolders() {
            return 3; // models/<model>/artifacts
        }

        @Override
        public String toString() {
            return "logged model " + id;
        }
    }

    /** A folder that the server hands out, whatever it belongs to. */
    record OfAddress(URI address) implements ArtifactOwner {
        @Override
        public URI root(Api api) {
            return address;
        }

        @Override
        public RunWire.Files list(Api api, String folder) {
            String base = address.getPath().replaceAll("^/+|/+$", "");
            RunWire.Files page = api.calls()
                    .call(CallSpec.get(
                                    "artifacts/list",
                                    ProxiedRoute.ROOT + "artifacts",
                                    Decoder.json(Api.JSON, RunWire.Files.class))
                            .query("path", Paths.join(base, folder).replaceAll("/$", ""))
                            .build());
            // the server names files of a folder without it here
            return new RunWire.Files(
                    null,
                    Decode.list(page.files()).stream()
                            .map(f -> new RunWire.FileBody(Paths.join(folder, f.path()), f.isDir(), f.fileSize()))
                            .toList(),
                    null);
        }

        @Override
        public <T> CallSpec.Builder<T> read(String path, Decoder<T> decoder) {
            throw refused();
        }

        @Override
        public ArtifactWire.Sign sign(String path) {
            throw refused();
        }

        @Override
        public int ownFolders() {
            return 0; // it is read only, through the server
        }

        private UnsupportedArtifactStoreException refused() {
            return new UnsupportedArtifactStoreException(
                    "the server does not read " + address + ": it reads what belongs to runs and logged models");
        }

        @Override
        public String toString() {
            return address.toString();
        }
    }
}
