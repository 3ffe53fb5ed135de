package dev.fairlead.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the definitions of other projects' kinds: in {@code FAIRLEAD_SELDON_HOME}, else beside the project. */
public final class Crds {
    private Crds() {}

    /** Returns a definition's file, such as {@code spark/sparkapplications.yaml}, if it is here. */
    public static Optional<Path> find(String name) {
        String given = System.getenv("FAIRLEAD_SELDON_HOME");
        String root = System.getProperty("fairlead.root", "..");
        Path home = given != null && !given.isBlank()
                ? Path.of(given).toAbsolutePath()
                : Path.of(root)
                        .toAbsolutePath()
                        .normalize()
                        .resolveSibling("shared")
                        .resolve("testbed");
        return Stream.of(home.resolve("crds"), home.resolveSibling("crds"))
                .map(crds -> crds.resolve(name))
                .filter(Files::exists)
                .findFirst();
    }
}
