package dev.fairlead.testing.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs that Debian's packages bring. */
final class Debian {
    private static final System.Logger LOG = System.getLogger("dev.fairlead.testing.server");
    private static final Duration INSTALL = Duration.ofMinutes(10);

    private Debian() {}

    /** Makes sure of a program, installing its package when that is allowed and this is root on a Debian. */
    static Optional<String> missing(String program, String pack, boolean mayInstall) {
        if (Commands.exists(program)) {
            return Optional.empty();
        }
        if (mayInstall) {
            tryInstall(pack);
        }
        return Commands.exists(program)
                ? Optional.empty()
                : Optional.of("the program " + program + " is missing: apt-get install " + pack);
    }

    /** Installs a package when this is root on a Debian; else does nothing. */
    static void tryInstall(String pack) {
        if (isRoot() && Commands.exists("apt-get")) {
            install(pack);
        }
    }

    private static boolean isRoot() {
        return Commands.output(List.of("id", "-u")).filter("0"::equals).isPresent();
    }

    private static void install(String pack) {
        LOG.log(System.Logger.Level.INFO, "Installing the Debian package " + pack);
        Path folder = Folders.temporary("apt");
        try {
            Commands.run(
                    "apt-get install " + pack,
                    List.of(
                            "sh",
                            "-c",
                            "apt-get install -y --no-install-recommends \"$1\""
                                    + " || { apt-get update && apt-get install -y --no-install-recommends \"$1\"; }",
                            "apt",
                            pack),
                    Map.of("DEBIAN_FRONTEND", "noninteractive"),
                    folder,
                    folder.resolve("apt.log"),
                    INSTALL);
        } finally {
            Folders.delete(folder);
        }
    }
}
