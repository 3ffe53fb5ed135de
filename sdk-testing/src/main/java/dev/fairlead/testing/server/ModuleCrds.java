package dev.fairlead.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Istio's and KEDA's own definitions of their kinds, which come with their Go modules: fetched once with the {@code go} command. */
final class ModuleCrds {
    private static final System.Logger LOG = System.getLogger("dev.fairlead.testing.server");
    private static final Pattern FOLDER = Pattern.compile("\"Dir\":\\s*\"([^\"]+)\"");
    private static final List<Source> SOURCES = List.of(
            new Source(
                    "istio.io/api@v0.0.0-20230125212921-f04847bedb29", "kubernetes/customresourcedefinitions.gen.yaml"),
            new Source("github.com/kedacore/keda/v2@v2.7.1", "config/crd/bases/keda.sh_scaledobjects.yaml"));

    private ModuleCrds() {}

    private record Source(String module, String file) {
        Path cached() {
            return Cache.root()
                    .resolve("crds")
                    .resolve(module.replace('/', '_'))
                    .resolve(Path.of(file).getFileName());
        }
    }

    /** Fetches what is not here; where the go command is missing or fails, there is nothing. */
    static void fetch() {
        SOURCES.forEach(source -> Cache.locked(Cache.root(), "crds", () -> {
            if (!Files.exists(source.cached())) {
                fetch(source);
            }
            return source;
        }));
    }

    private static void fetch(Source source) {
        Optional<String> answer = Commands.output(List.of("go", "mod", "download", "-json", source.module()));
        Matcher folder = FOLDER.matcher(answer.orElse(""));
        if (!folder.find()) {
            LOG.log(System.Logger.Level.INFO, "The Go module " + source.module() + " is not to be had here");
            return;
        }
        Folders.create(source.cached().resolveSibling(""));
        try {
            Path part = Path.of(source.cached() + ".part");
            Files.copy(Path.of(folder.group(1), source.file()), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, source.cached(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a definition by its name, such as {@code scaledobjects.keda.sh}, if it was fetched. */
    static Optional<String> find(String name) {
        return SOURCES.stream()
                .map(Source::cached)
                .filter(Files::exists)
                .flatMap(file -> Stream.of(Folders.read(file).split("(?m)^---\\s*$")))
                .filter(document -> document.contains("\n  name: " + name + "\n"))
                .findFirst();
    }
}
