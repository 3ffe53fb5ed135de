package dev.fairlead.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /** Returns the files of a package, unpacked into the cache and not installed; empty where this is no Debian or cannot fetch it. */
    static Optional<Path> unpacked(String pack) {
        Path home = Cache.root().resolve("debian").resolve(pack);
        if (Files.exists(home) || !Commands.exists("apt-get") || !Commands.exists("dpkg-deb")) {
            return Optional.of(home).filter(Files::exists);
        }
        return Cache.locked(Cache.root(), "debian-" + pack, () -> {
            if (!Files.exists(home)) {
                unpack(pack, home);
            }
            return Optional.of(home).filter(Files::exists);
        });
    }

    private static void unpack(String pack, Path home) {
        LOG.log(System.Logger.Level.INFO, "Fetching the Debian package " + pack);
        Path part = home.resolveSibling(pack + ".part");
        Folders.delete(part);
        Folders.create(part);
        try {
            Commands.run(
                    "fetching of Debian package " + pack,
                    List.of(
                            "sh",
                            "-c",
                            "{ apt-get download \"$1\" || { apt-get update && apt-get download \"$1\"; }; } && dpkg-deb -x *.deb . && rm *.deb",
                            "apt",
                            pack),
                    Map.of("DEBIAN_FRONTEND", "noninteractive"),
                    part,
                    home.resolveSibling(pack + ".log"),
                    INSTALL);
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (ServerException notHere) {
            LOG.log(System.Logger.Level.INFO, "The Debian package " + pack + " cannot be had", notHere);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the Debian package " + pack, e);
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
