package dev.fairlead.airflow.internal.publish;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Temporary folders that only this user may read; they go with the JVM. */
final class PrivateFolders {
    private static final Set<Path> MADE = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> MADE.forEach(PrivateFolders::delete), "fairlead-folders-end"));
    }

    private PrivateFolders() {}

    static Path create(String prefix) throws IOException {
        Path folder = Files.createTempDirectory(prefix);
        MADE.add(folder);
        return folder;
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            var unused = all.sorted(Comparator.reverseOrder())
                    .map(Path::toFile)
                    .map(File::delete)
                    .toList();
        } catch (IOException e) {
            return; // what is left is in the folder for temporary files
        }
    }
}
