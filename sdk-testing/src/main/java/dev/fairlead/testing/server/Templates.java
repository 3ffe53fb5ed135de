package dev.fairlead.testing.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Databases migrated once per environment, so that a server starts on a copy instead of migrating again. */
final class Templates {
    private Templates() {}

    /** Copies the template, a file or a folder, into the folder, having it made first if need be; a file already there is kept. */
    static void copy(PythonEnvironment environment, String file, Path into, Consumer<Path> make) {
        if (Files.exists(into.resolve(file))) {
            return;
        }
        Path cache = Cache.root();
        String key = environment.home().getFileName().toString();
        Path template = cache.resolve("templates").resolve(key).resolve(file);
        if (!Files.exists(template)) {
            Cache.locked(cache, "template-" + key, () -> {
                if (!Files.exists(template)) {
                    build(file, template, make);
                }
                return template;
            });
        }
        try {
            copyTree(template, into.resolve(file));
        } catch (IOException e) {
            throw new ServerException("cannot copy " + template + ": " + e.getMessage(), e);
        }
    }

    /** Copies a file, or a folder with the rights of all that it holds. */
    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : (Iterable<Path>) all::iterator) {
                Files.copy(one, to.resolve(from.relativize(one)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void build(String file, Path template, Consumer<Path> make) {
        Path folder = Folders.create(template.resolveSibling(file + ".part"));
        try {
            Folders.delete(folder);
            Folders.create(folder);
            make.accept(folder);
            Files.move(folder.resolve(file), template, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ServerException("cannot keep " + template + ": " + e.getMessage(), e);
        } finally {
            Folders.delete(folder);
        }
    }
}
