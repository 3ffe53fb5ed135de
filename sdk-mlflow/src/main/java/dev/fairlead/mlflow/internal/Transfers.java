package dev.fairlead.mlflow.internal;

import dev.fairlead.error.OperationInterruptedException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Moves several files at a time. */
final class Transfers {
    private static final Duration END = Duration.ofSeconds(5);

    private Transfers() {}

    /** Does the work for each item, a number of them at a time; after the first failure no other is begun, and it is thrown. */
    static <T> void each(int atOnce, Collection<T> items, Consumer<T> work) {
        each(atOnce, items, work, () -> {});
    }

    /** The same; {@code breakOff} ends, after an interrupt, what an interrupt does not reach. */
    static <T> void each(int atOnce, Collection<T> items, Consumer<T> work, Runnable breakOff) {
        if (items.size() <= 1) {
            items.forEach(work);
            return;
        }
        AtomicReference<@Nullable RuntimeException> failed = new AtomicReference<>();
        List<Callable<Boolean>> tasks =
                items.stream().map(item -> task(item, work, failed)).toList();
        ExecutorService pool = pool(Math.min(atOnce, items.size()));
        try {
            pool.invokeAll(tasks);
        } catch (InterruptedException e) {
            pool.shutdownNow();
            breakOff.run();
            end(pool);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "interrupted while files were transferred; some have arrived", "", "");
        } finally {
            pool.shutdownNow();
        }
        RuntimeException failure = failed.get();
        if (failure != null) {
            throw failure;
        }
    }

    /** Lets what was interrupted clean up, so that nothing half done is left when the caller goes on. */
    private static void end(ExecutorService pool) {
        try {
            var unused = pool.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> Callable<Boolean> task(
            T item, Consumer<T> work, AtomicReference<@Nullable RuntimeException> failed) {
        return () -> {
            if (failed.get() == null) {
                try {
                    work.accept(item);
                } catch (RuntimeException e) {
                    failed.compareAndSet(null, e);
                }
            }
            return true;
        };
    }

    private static ExecutorService pool(int threads) {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "fairlead-transfer-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
