package dev.fairlead.mlflow.internal;

import dev.fairlead.ModelSource;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.mlflow.LoggedModel;
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

    /** Returns what the server itself finds when a model is to be registered: an address, a version or a logged model. */
    ModelUri registrable(ModelUri source) {
        if (source instanceof ModelUri.RunPath path) {
            Optional<LoggedModel> logged = LoggedModelSearch.ofRun(api, path);
            return logged.isPresent() ? logged.get().uri() : ModelUri.location(inRun(path.runId(), path.path()));
        }
        boolean moves = source instanceof ModelUri.Alias
                || source instanceof ModelUri.Latest
                || source instanceof ModelUri.Stage;
        return moves ? models.version(source).uri() : source;
    }

    ModelSource resolve(ModelUri reference) {
        ModelSource.Builder source = ModelSource.builder();
        if (reference instanceof ModelUri.RunPath path) {
            URI address = inRunOrModel(path);
            return source.storageUri(forCluster(address, path.runId(), reference))
                    .runId(path.runId())
                    .build();
        }
        if (reference instanceof ModelUri.LoggedModel logged) {
            LoggedModel model = LoggedModelSearch.read(api, logged.id());
            model.sourceRunId().ifPresent(source::runId);
            return source.storageUri(
                            forCluster(model.artifactUri(), model.sourceRunId().orElse(null), reference))
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

    /** Returns the address of a version's files. */
    URI address(ModelVersion version) {
        ModelWire.DownloadUri answer = api.get(
                "model-versions/get-download-uri",
                ModelWire.DownloadUri.class,
                q -> q.query("name", version.name()).query("version", version.version()));
        URI address = Decode.uri(answer.artifactUri())
                .orElseThrow(() -> new InvalidResponseException("mlflow names no address for " + version.uri(), null));
        // the server stores a runs:/ source as it was given
        return "runs".equals(address.getScheme()) && ModelUri.parse(address.toString()) instanceof ModelUri.RunPath path
                ? inRunOrModel(path)
                : address;
    }

    /** Returns where a run's model lies: MLflow 3 keeps it beside the run, under the same reference. */
    private URI inRunOrModel(ModelUri.RunPath path) {
        return LoggedModelSearch.ofRun(api, path)
                .map(model -> Paths.below(model.artifactUri(), LoggedModelSearch.below(path)))
                .orElseGet(() -> inRun(path.runId(), path.path()));
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
        int run = runId == null ? -1 : parts.indexOf(runId);
        int model = modelFolder(parts);
        int at = model > 0 ? model - 1 : run - 1;
        return at < 0 ? Optional.empty() : Optional.of(String.join("/", parts.subList(at, parts.size())));
    }

    /** Returns where the folder {@code models} of an experiment stands that holds a logged model. */
    private static int modelFolder(List<String> parts) {
        for (int i = 1; i < parts.size(); i++) {
            if (parts.get(i - 1).equals("models") && ModelUri.isLoggedModelId(parts.get(i))) {
                return i - 1;
            }
        }
        return -1;
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
