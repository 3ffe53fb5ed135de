package dev.fairlead.mlflow.internal;

import dev.fairlead.ModelSource;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.mlflow.internal.wire.ModelWire;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out where a model lies, and where a cluster reads it. */
final class ModelResolver {
    /** Addresses that mean something on the server's machine, or through the server, only. */
    private static final Set<String> NOT_FOR_CLUSTERS = Set.of("mlflow-artifacts", "file", "runs", "models");

    private final Api api;
    private final Models models;
    private final @Nullable URI artifactRoot;

    ModelResolver(Api api, Models models, @Nullable URI artifactRoot) {
        this.api = api;
        this.models = models;
        this.artifactRoot = artifactRoot;
    }

    /** Returns the address at which the server itself finds a model that is to be registered. */
    String registrable(ModelUri source) {
        return source instanceof ModelUri.RunPath path
                ? inRun(path.runId(), path.path()).toString()
                : source.toString();
    }

    ModelSource resolve(ModelUri reference) {
        ModelSource.Builder source = ModelSource.builder();
        if (reference instanceof ModelUri.RunPath path) {
            URI address = inRun(path.runId(), path.path());
            return source.storageUri(forCluster(address, path.runId(), reference))
                    .runId(path.runId())
                    .build();
        }
        if (reference instanceof ModelUri.Location location) {
            return source.storageUri(forCluster(location.address(), null, reference))
                    .build();
        }
        ModelVersion version = models.version(reference);
        version.runId().ifPresent(source::runId);
        return source.storageUri(forCluster(address(version), version.runId().orElse(null), reference))
                .name(version.name())
                .version(version.version())
                .build();
    }

    private URI address(ModelVersion version) {
        ModelWire.DownloadUri answer = api.get(
                "model-versions/get-download-uri",
                ModelWire.DownloadUri.class,
                q -> q.query("name", version.name()).query("version", version.version()));
        URI address = Decode.uri(answer.artifactUri())
                .orElseThrow(() -> new InvalidResponseException("mlflow names no address for " + version.uri(), null));
        // the server stores a runs:/ source as it was given
        return "runs".equals(address.getScheme()) && ModelUri.parse(address.toString()) instanceof ModelUri.RunPath path
                ? inRun(path.runId(), path.path())
                : address;
    }

    private URI inRun(String runId, String path) {
        return Paths.below(new DefaultArtifacts(api, runId, null).root(), path);
    }

    private URI forCluster(URI address, @Nullable String runId, ModelUri reference) {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "file").toLowerCase(Locale.ROOT);
        if (!NOT_FOR_CLUSTERS.contains(scheme)) {
            return address;
        }
        Optional<URI> mapped = Optional.ofNullable(artifactRoot)
                .flatMap(root -> below(address, scheme, runId).map(path -> Paths.below(root, path)));
        return mapped.orElseThrow(
                () -> new UnsupportedArtifactStoreException("a cluster cannot read " + reference + " at " + address
                        + ": say where the server keeps it, with models().artifactRoot(\"s3://…\") or the setting mlflow.artifact-root, "
                        + "as it was given to the server as --artifacts-destination"));
    }

    /** Returns the path of an artifact below the server's artifact root. */
    private static Optional<String> below(URI address, String scheme, @Nullable String runId) {
        String path = Objects.requireNonNullElse(address.getPath(), "").replaceAll("^/+|/+$", "");
        if (scheme.equals("mlflow-artifacts")) {
            return Optional.of(path);
        }
        // a local root has any depth: what counts begins with the experiment, which stands before the run
        List<String> parts = List.of(path.split("/", -1));
        int at = runId == null ? -1 : parts.indexOf(runId);
        return at < 1 ? Optional.empty() : Optional.of(String.join("/", parts.subList(at - 1, parts.size())));
    }

    static InvalidValueException noVersion(ModelUri reference) {
        return new InvalidValueException(
                "model reference",
                List.of(new Problem(
                        "reference",
                        "must name a registered version: name@alias, name/version or name/latest",
                        "'" + reference + "'")));
    }
}
