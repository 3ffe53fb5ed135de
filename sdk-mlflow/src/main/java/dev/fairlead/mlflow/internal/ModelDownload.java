package dev.fairlead.mlflow.internal;

import dev.fairlead.error.CallDetails;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Downloads models, by whatever way they can be reached. */
final class ModelDownload {
    private final Api api;
    private final Models models;
    private final ModelResolver resolver;

    ModelDownload(Api api, Models models, ModelResolver resolver) {
        this.api = api;
        this.models = models;
        this.resolver = resolver;
    }

    Path to(ModelUri reference, Path target) {
        long files;
        if (reference instanceof ModelUri.RunPath path) {
            files = ofRun(path, target);
        } else if (reference instanceof ModelUri.LoggedModel logged) {
            files = ofModel(LoggedModelSearch.read(api, logged.id()), "", target);
        } else if (reference instanceof ModelUri.Location location) {
            files = at(location.address(), reference, target);
        } else {
            files = ofVersion(models.version(reference), target);
        }
        if (files == 0) {
            throw missing(reference);
        }
        return target;
    }

    private long ofRun(ModelUri.RunPath path, Path target) {
        Optional<LoggedModel> logged = LoggedModelSearch.ofRun(api, path);
        return logged.isPresent()
                ? ofModel(logged.get(), LoggedModelSearch.below(path), target)
                : tree(new DefaultArtifacts(api, path.runId(), null), path.path(), target);
    }

    private long ofModel(LoggedModel model, String below, Path target) {
        return tree(DefaultArtifacts.ofModel(api, model.id()), below, target);
    }

    private static long tree(Artifacts artifacts, String folder, Path target) {
        var summary = artifacts.downloadTree(folder, target);
        return (long) summary.files() + summary.skipped();
    }

    /** The server reads any store for the run or model that a version came from. */
    private long ofVersion(ModelVersion version, Path target) {
        if (version.loggedModelId().isPresent()) {
            return ofModel(LoggedModelSearch.read(api, version.loggedModelId().get()), "", target);
        }
        URI address = resolver.address(version);
        Optional<String> inRun = version.runId().flatMap(run -> below(address, run));
        return inRun.isPresent()
                ? tree(new DefaultArtifacts(api, version.runId().orElseThrow(), null), inRun.get(), target)
                : at(address, version.uri(), target);
    }

    private Optional<String> below(URI address, String runId) {
        String root;
        try {
            root = new DefaultArtifacts(api, runId, null).root().toString();
        } catch (NotFoundException e) {
            return Optional.empty(); // the run may be gone, its files not
        }
        String text = address.toString();
        return text.startsWith(root + "/") ? Optional.of(text.substring(root.length() + 1)) : Optional.empty();
    }

    private long at(URI address, ModelUri reference, Path target) {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "file").toLowerCase(Locale.ROOT);
        if (scheme.equals("mlflow-artifacts")) {
            return tree(DefaultArtifacts.at(api, address), "", target);
        }
        if (scheme.equals("file") && Files.isDirectory(Path.of(address.getPath()))) {
            return copy(Path.of(address.getPath()), target);
        }
        ObjectStore store = ObjectStore.of(scheme, api.platform())
                .orElseThrow(() -> new UnsupportedArtifactStoreException(reference + " lies at " + address
                        + ", which neither the server hands out nor this program can read"
                        + (scheme.equals("s3")
                                ? "; add the module dev.fairlead:fairlead-s3 and keys for the store"
                                : "")));
        return fromStore(store, address, target);
    }

    private static long fromStore(ObjectStore store, URI folder, Path target) {
        String base = folder.toString().replaceAll("/+$", "") + "/";
        try (Stream<ObjectStore.Stored> all = store.list(folder)) {
            List<ObjectStore.Stored> objects = all.toList();
            for (ObjectStore.Stored object : objects) {
                String path = URI.create(object.address().toString().substring(base.length()))
                        .getPath();
                try (InputStream in = store.open(object.address(), 0, -1)) {
                    store(in, Paths.local(target, path));
                }
            }
            return objects.size();
        } catch (IOException e) {
            throw new UncheckedIOException("the model at " + folder + " cannot be stored in " + target, e);
        }
    }

    private static long copy(Path folder, Path target) {
        List<Path> files = ModelFolders.files(folder);
        try {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    store(in, Paths.local(target, ModelFolders.relative(folder, file)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the model at " + folder + " cannot be copied to " + target, e);
        }
        return files.size();
    }

    private static void store(InputStream in, Path file) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private NotFoundException missing(ModelUri reference) {
        return new NotFoundException(
                new CallDetails(
                        "mlflow",
                        "models/download",
                        "GET",
                        api.baseUri(),
                        0,
                        "",
                        reference + " has no files",
                        List.of(),
                        1,
                        null),
                "");
    }
}
