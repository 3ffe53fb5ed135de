package dev.fairlead.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is made once and kept: a root folder, and locks that hold across threads and processes. */
final class Cache {
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private Cache() {}

    /** {@code $FAIRLEAD_CACHE}, else {@code $XDG_CACHE_HOME/fairlead}, else {@code ~/.cache/fairlead}. */
    static Path root() {
        return root(System::getenv);
    }

    static Path root(Function<String, @Nullable String> environment) {
        String own = environment.apply("FAIRLEAD_CACHE");
        if (own != null && !own.isBlank()) {
            return Path.of(own).toAbsolutePath();
        }
        String xdg = environment.apply("XDG_CACHE_HOME");
        Path base = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("fairlead").toAbsolutePath();
    }

    /** Runs the work while no other thread or process holds the lock of that name. */
    static <T> T locked(Path root, String name, Supplier<T> work) {
        Path file = root.resolve("locks").resolve(name + ".lock");
        ReentrantLock lock = LOCKS.computeIfAbsent(file, f -> new ReentrantLock());
        lock.lock();
        try {
            Files.createDirectories(root.resolve("locks"));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.lock()) {
                if (!held.isValid()) {
                    throw new ServerException("cannot lock " + file);
                }
                return work.get();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        } finally {
            lock.unlock();
        }
    }
}
