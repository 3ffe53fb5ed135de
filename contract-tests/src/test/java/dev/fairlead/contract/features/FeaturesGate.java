package dev.fairlead.contract.features;

import dev.fairlead.testing.server.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ends the build: prints where each line of {@code docs/features.md} was proven and which real servers ran, and fails when a feature was not.
 *
 * <p>Judges only a build of the whole reactor, told by the folder of proofs that each module with proofs has written under the build's stamp.
 */
public final class FeaturesGate {
    private FeaturesGate() {}

    /** Takes the root folder, the build's stamp, and whether real servers are {@code required}. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        String stamp = arguments[1];
        boolean required = "required".equals(System.getenv("FAIRLEAD_REAL"));
        List<Path> folders = new ArrayList<>();
        List<String> notBuilt = new ArrayList<>();
        for (Path module : modulesWithProofs(root)) {
            Path folder = module.resolve("target/proofs").resolve(stamp);
            if (Files.isDirectory(folder)) {
                folders.add(folder);
            } else {
                notBuilt.add(module.getFileName().toString());
            }
        }
        System.out.println();
        if (!notBuilt.isEmpty()) {
            System.out.println("Features are judged by a whole build only; without tests this time: " + notBuilt);
            return;
        }
        Features features = Features.read(root.resolve("docs/features.md"));
        for (Path folder : folders) {
            features.addProofs(folder.resolve("proofs.tsv"));
        }
        System.out.println("Features, and where each was proven");
        System.out.println(features.table());
        System.out.println("Real servers");
        System.out.println(RealServers.table(folders));
        List<String> problems = features.problems(required);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "docs/features.md and the proofs differ:\n  " + String.join("\n  ", problems));
        }
    }

    private static List<Path> modulesWithProofs(Path root) throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(FeaturesGate::hasProofs).sorted().toList();
        }
    }

    private static boolean hasProofs(Path module) {
        Path tests = module.resolve("src/test/java");
        if (!Files.isRegularFile(module.resolve("pom.xml")) || !Files.isDirectory(tests)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(f -> f.toString().endsWith(".java")).anyMatch(FeaturesGate::proves);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean proves(Path file) {
        try {
            return Files.readString(file).contains("@Proves(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
