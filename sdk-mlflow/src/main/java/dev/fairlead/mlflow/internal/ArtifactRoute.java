package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** How the files of one run are reached through the tracking server. */
sealed interface ArtifactRoute {
    /** Makes the upload of a file. */
    CallSpec<Void> put(String path, ArtifactSource content);

    /** Makes the download of a file. */
    <T> CallSpec<T> get(String path, Decoder<T> decoder);

    /** Makes the removal of a file or folder. */
    CallSpec<Void> delete(String path);

    /** Chooses the route by the run's artifact address. */
    static ArtifactRoute of(Api api, String runId, URI root) {
        String scheme = Objects.requireNonNullElse(root.getScheme(), "file").toLowerCase(Locale.ROOT);
        if (scheme.equals("mlflow-artifacts")) {
            String authority = root.getRawAuthority();
            if (authority != null && !authority.equals(api.baseUri().getRawAuthority())) {
                throw new UnsupportedArtifactStoreException("the artifacts of run " + runId
                        + " are handed out by another server (" + root
                        + "); make a client for that one, credentials of " + api.baseUri() + " are not sent there");
            }
            return new Proxied(root.getPath());
        }
        String proxy = api.baseUri() + Proxied.PREFIX;
        if (root.toString().startsWith(proxy)) {
            return new Proxied("/" + root.toString().substring(proxy.length()));
        }
        return new Direct(runId, root);
    }

    private static CallSpec.Builder<Void> upload(String operation, String method, String path, ArtifactSource content) {
        Body body = Body.stream(content::open, content.length(), "application/octet-stream");
        return CallSpec.of(operation, method, path, body, Decoder.nothing())
                .repeatable()
                .transfer();
    }

    /**
     * The server keeps the files itself and hands them out.
     *
     * @param base the run's folder, with a slash before it
     */
    record Proxied(String base) implements ArtifactRoute {
        private static final String PREFIX = "/api/2.0/mlflow-artifacts/artifacts/";

        private String url(String path) {
            return PREFIX + Paths.encoded(Paths.join(base.replaceAll("^/+|/+$", ""), path));
        }

        @Override
        public CallSpec<Void> put(String path, ArtifactSource content) {
            return upload("artifacts/upload", "PUT", url(path), content).build();
        }

        @Override
        public <T> CallSpec<T> get(String path, Decoder<T> decoder) {
            return CallSpec.get("artifacts/download", url(path), decoder)
                    .transfer()
                    .build();
        }

        @Override
        public CallSpec<Void> delete(String path) {
            return CallSpec.of("artifacts/delete", "DELETE", url(path), null, Decoder.nothing())
                    .repeatable()
                    .build();
        }
    }

    /**
     * The files lie in a store that clients are meant to reach themselves; the server reads it for us, and takes small files.
     *
     * @param runId the run
     * @param root its address in the store
     */
    record Direct(String runId, URI root) implements ArtifactRoute {
        private static final long MAX_UPLOAD = 10L << 20;

        @Override
        public CallSpec<Void> put(String path, ArtifactSource content) {
            if (content.length() < 0 || content.length() > MAX_UPLOAD) {
                throw new UnsupportedArtifactStoreException("'" + path + "' cannot be uploaded to " + root
                        + ": the server takes files of known size up to 10 MiB for this store; let it hand out artifacts itself "
                        + "(mlflow server --serve-artifacts, experiments with a location of mlflow-artifacts:)");
            }
            String url = "/ajax-api/2.0/mlflow/upload-artifact?run_uuid=" + CallSpec.encode(runId) + "&path="
                    + CallSpec.encode(path);
            return upload("artifacts/upload", "POST", url, content).build();
        }

        @Override
        public <T> CallSpec<T> get(String path, Decoder<T> decoder) {
            return CallSpec.get("artifacts/download", "/get-artifact", decoder)
                    .query("run_id", runId)
                    .query("path", path)
                    .transfer()
                    .build();
        }

        @Override
        public CallSpec<Void> delete(String path) {
            throw new UnsupportedArtifactStoreException("'" + path + "' cannot be deleted from " + root
                    + ": the server deletes only what it hands out itself; delete it in the store");
        }
    }
}
