package dev.fairlead.mlflow.internal;

import dev.fairlead.error.MlPlatformException;
import dev.fairlead.mlflow.MetricFailureListener;
import dev.fairlead.mlflow.MetricsUndeliveredException;
import dev.fairlead.spi.Body;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one run's batches in order, one at a time: more at once gain nothing on the server. Each call walks core's line with its repeats;
 * where that ends because the server is away, the batch is tried again until its time is over. It keeps its times, so that no repeat makes
 * a second row.
 */
final class MetricSender {
    private static final Logger LOG = LoggerFactory.getLogger(MetricSender.class);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final long FIRST_PAUSE = 200;
    private static final long LONGEST_PAUSE = 5_000;

    private final Api api;
    private final Duration giveUpAfter;
    private volatile @Nullable Thread thread;
    private volatile @Nullable MlPlatformException trouble;

    MetricSender(Api api, Duration giveUpAfter) {
        this.api = api;
        this.giveUpAfter = giveUpAfter;
    }

    /** Starts the thread, which ends when there is nothing more to send. */
    void start(MetricQueue queue) {
        Thread started = new Thread(() -> run(queue), "fairlead-metrics-" + COUNT.incrementAndGet());
        started.setDaemon(true);
        thread = started;
        MetricShutdown.watch(queue);
        started.start();
    }

    private void run(MetricQueue queue) {
        for (MetricBatch batch = queue.take(); batch != null; batch = queue.take()) {
            send(queue, batch);
        }
    }

    private void send(MetricQueue queue, MetricBatch batch) {
        try {
            Body body = LogBatch.of(queue.runId(), batch.points).body();
            for (long pause = FIRST_PAUSE; true; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
                try {
                    api.write("runs/log-batch", body);
                    trouble = null;
                    queue.delivered(batch);
                    return;
                } catch (MlPlatformException e) {
                    trouble = e;
                    if (!mayTryAgain(queue, batch, e)) {
                        queue.gaveUp(batch, why(queue, e), e);
                        return;
                    }
                    LOG.debug("metrics of run {} are tried again: {}", queue.runId(), e.getMessage());
                    api.platform()
                            .sleeper()
                            .sleep(Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause / 2, pause)));
                }
            }
        } catch (InterruptedException e) {
            queue.gaveUp(batch, "closing left no time to try again", trouble);
        } catch (RuntimeException | Error e) {
            queue.gaveUp(batch, "the sending failed: " + e, e);
        }
    }

    private boolean mayTryAgain(MetricQueue queue, MetricBatch batch, MlPlatformException e) {
        return e.retryable() && !queue.stopped() && api.clock().instant().isBefore(batch.recorded.plus(giveUpAfter));
    }

    private String why(MetricQueue queue, MlPlatformException e) {
        if (!e.retryable()) {
            return "the server does not take them: " + e.getMessage();
        }
        return queue.stopped()
                ? "closing left no time to try again after: " + e.getMessage()
                : "they were tried for " + giveUpAfter.toMillis() / 1000.0 + " s, at last: " + e.getMessage();
    }

    /** Returns what went wrong last, if it has not been mended. */
    @Nullable
    MlPlatformException trouble() {
        return trouble;
    }

    /** Breaks off what the thread does, and waits for its end. */
    void stop() {
        Thread running = thread;
        if (running == null || running == Thread.currentThread()) {
            return;
        }
        running.interrupt();
        try {
            running.join(Duration.ofSeconds(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void tell(MetricFailureListener listener, MetricsUndeliveredException failure) {
        try {
            listener.undelivered(failure);
        } catch (RuntimeException e) {
            LOG.debug("a MetricFailureListener threw, which is ignored", e);
        }
    }
}
