package dev.fairlead.testing.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The programs of a control plane: found in {@code KUBEBUILDER_ASSETS} or the cache, or built from Go modules. */
final class KubeAssets {
    static final String VERSION = "1.36.3";
    static final List<String> FILES =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok", "kwok-stages.yaml");
    private static final System.Logger LOG = System.getLogger("dev.fairlead.testing.server");
    private static final Duration BUILD = Duration.ofMinutes(40);

    private KubeAssets() {}

    static Optional<Path> find() {
        String given = System.getenv("KUBEBUILDER_ASSETS");
        if (given != null && isComplete(Path.of(given))) {
            return Optional.of(Path.of(given).toAbsolutePath());
        }
        return Optional.of(cached()).filter(KubeAssets::isComplete);
    }

    static Path require() {
        return find().orElseThrow(() -> new ServerException(missing()));
    }

    static String missing() {
        return "Kubernetes is not built on this machine: run sdk-testing/kube-assets (once, about 9 minutes, Go 1.26 or "
                + "newer), or set KUBEBUILDER_ASSETS to a folder with " + String.join(", ", FILES);
    }

    private static Path cached() {
        return Cache.root().resolve("kube-assets").resolve("v" + VERSION);
    }

    private static boolean isComplete(Path folder) {
        return FILES.stream().allMatch(file -> Files.exists(folder.resolve(file)));
    }

    /** Builds what is missing; other processes that ask meanwhile wait. */
    static Path build() {
        return Cache.locked(Cache.root(), "kube-assets-" + VERSION, () -> {
            Optional<Path> made = find();
            if (made.isPresent()) {
                return made.get();
            }
            Path folder = Folders.create(cached());
            LOG.log(
                    System.Logger.Level.INFO,
                    "Building Kubernetes " + VERSION + " into " + folder + ", once, about 9 minutes");
            Path work = Folders.temporary("kube-assets");
            try {
                Path script = Folders.write(work.resolve("kube-assets.sh"), Folders.resource("kube-assets.sh"));
                Commands.run(
                        "the build of Kubernetes",
                        List.of("bash", script.toString(), folder.toString()),
                        Map.of(),
                        work,
                        folder.resolveSibling("v" + VERSION + ".log"),
                        BUILD);
            } finally {
                Folders.delete(work);
            }
            return require();
        });
    }
}
