package dev.fairlead.mlflow.internal;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the values of loggers that were not closed a last, short chance when the JVM ends. */
final class MetricShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(MetricShutdown.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    /** Weak: a logger that nobody holds and that sends nothing is gone. */
    private static final Set<MetricQueue> OPEN =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(MetricShutdown::run, "fairlead-metrics-shutdown"));
        } catch (IllegalStateException e) {
            LOG.debug("the JVM ends already");
        }
    }

    private MetricShutdown() {}

    static void watch(MetricQueue queue) {
        OPEN.add(queue);
    }

    static void forget(MetricQueue queue) {
        OPEN.remove(queue);
    }

    private static void run() {
        List<MetricQueue> open;
        synchronized (OPEN) {
            open = List.copyOf(OPEN);
        }
        CompletableFuture<?>[] all =
                open.stream().flatMap(queue -> queue.flush().stream()).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(all).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("metrics are left at the end of the JVM", e);
        }
        open.forEach(MetricShutdown::report);
    }

    private static void report(MetricQueue queue) {
        int left = queue.stats().waiting() + queue.stats().undelivered();
        if (left > 0 && !queue.hasSpool()) {
            LOG.warn(
                    "the JVM ends with {} metric values of mlflow run {} that the server has not confirmed; close the run to hear of it, or use a spool",
                    left,
                    queue.runId());
        }
    }
}
