package dev.fairlead.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Seldon operator's program, ConfigMap and CRDs: in {@code FAIRLEAD_SELDON_HOME}, else beside the project. */
final class SeldonFiles {
    static final String MISSING = "the Seldon operator is not here: set FAIRLEAD_SELDON_HOME to a folder with "
            + "seldon1/operator-v" + SeldonOperator.CURRENT + "-linux-amd64.xz, seldon1/seldon-config.yaml and "
            + "crds/seldon-v1/seldondeployments.yaml";
    private static final String CORE_2_MISSING = "Seldon Core 2 is not here: set FAIRLEAD_SELDON_HOME to a folder that "
            + "also has seldon2/{operator,scheduler,agent}-v" + SeldonCore2.CURRENT
            + "-linux-amd64.xz and crds/seldon-v2";
    private static final List<String> CORE_2 = List.of("operator", "scheduler", "agent");
    private static final String PROGRAM = "operator-v" + SeldonOperator.CURRENT + "-linux-amd64";

    private final Path home;
    private final Path crd;

    private SeldonFiles(Path home, Path crd) {
        this.home = home;
        this.crd = crd;
    }

    static Optional<SeldonFiles> find() {
        return find(System.getenv("FAIRLEAD_SELDON_HOME"));
    }

    static Optional<SeldonFiles> find(@Nullable String given) {
        Optional<Path> home = given != null && !given.isBlank()
                ? Optional.of(Path.of(given).toAbsolutePath())
                : projectRoot().map(root -> root.resolveSibling("shared").resolve("testbed"));
        return home.filter(h -> Files.exists(h.resolve("seldon1").resolve(PROGRAM + ".xz"))
                        && Files.exists(h.resolve("seldon1").resolve("seldon-config.yaml")))
                .flatMap(h -> Stream.of(h.resolve("crds"), h.resolveSibling("crds"))
                        .map(crds -> crds.resolve("seldon-v1").resolve("seldondeployments.yaml"))
                        .filter(Files::exists)
                        .findFirst()
                        .map(crd -> new SeldonFiles(h, crd)));
    }

    /** The folder of the parent build: told by the build itself, else looked for upwards. */
    private static Optional<Path> projectRoot() {
        String told = System.getProperty("fairlead.root");
        if (told != null && !told.isBlank()) {
            return Optional.of(Path.of(told).toAbsolutePath());
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path pom = folder.resolve("pom.xml");
            if (Files.exists(pom)
                    && Folders.read(pom).contains("<artifactId>fairlead-parent</artifactId>\n  <version>")) {
                return Optional.of(folder);
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    String crd() {
        return Folders.read(crd);
    }

    /** The CRDs of Seldon Core 2, one text each; none where they are not there. */
    List<String> core2Crds() {
        Path folder = crd.resolve("../../seldon-v2").normalize();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(Folders::read)
                    .toList();
        } catch (IOException e) {
            throw new ServerException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    String config() {
        return Folders.read(home.resolve("seldon1").resolve("seldon-config.yaml"));
    }

    /** The program, unpacked into the cache. */
    Path program() {
        return unpacked(home.resolve("seldon1").resolve(PROGRAM + ".xz"), PROGRAM);
    }

    /** Tells whether Seldon Core 2 is here, or what is missing. */
    Optional<String> core2Missing() {
        boolean programs = CORE_2.stream().allMatch(name -> Files.exists(core2(name)));
        return programs && !core2Crds().isEmpty() ? Optional.empty() : Optional.of(CORE_2_MISSING);
    }

    /** One of Seldon Core 2's programs, unpacked into the cache: {@code operator}, {@code scheduler} or {@code agent}. */
    Path core2Program(String name) {
        return unpacked(core2(name), "core2-" + name + "-v" + SeldonCore2.CURRENT);
    }

    private Path core2(String name) {
        return home.resolve("seldon2").resolve(name + "-v" + SeldonCore2.CURRENT + "-linux-amd64.xz");
    }

    private static Path unpacked(Path archive, String name) {
        Path folder = Cache.root().resolve("seldon");
        Path program = folder.resolve(name);
        return Cache.locked(Cache.root(), name, () -> {
            if (!Files.isExecutable(program)) {
                unpack(archive, folder, program);
            }
            return program;
        });
    }

    private static void unpack(Path archive, Path folder, Path program) {
        Path part = folder.resolve(program.getFileName() + ".part");
        Folders.create(folder);
        Commands.run(
                "xz",
                List.of(
                        "sh",
                        "-c",
                        "xz -dc \"$1\" > \"$2\" && chmod +x \"$2\"",
                        "xz",
                        archive.toString(),
                        part.toString()),
                Map.of(),
                folder,
                folder.resolve("xz.log"),
                Duration.ofMinutes(2));
        try {
            Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ServerException("cannot unpack " + program + ": " + e.getMessage(), e);
        }
    }
}
