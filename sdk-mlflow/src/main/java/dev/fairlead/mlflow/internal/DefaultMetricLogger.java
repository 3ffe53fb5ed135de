package dev.fairlead.mlflow.internal;

import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.MetricOptions;
import dev.fairlead.mlflow.MetricStats;
import dev.fairlead.mlflow.MetricsUndeliveredException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Stamps, checks and records; the queue holds, the sender sends. */
final class DefaultMetricLogger implements MetricLogger {
    private final Api api;
    private final String runId;
    private final MetricOptions options;
    private final @Nullable Spool spool;
    private final MetricSender sender;
    private final MetricQueue queue;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DefaultMetricLogger(Api api, String runId, MetricOptions options, @Nullable Spool spool) {
        this.api = api;
        this.runId = runId;
        this.options = options;
        this.spool = spool;
        this.sender = new MetricSender(api, options.giveUpAfter());
        this.queue = new MetricQueue(runId, options, api.clock(), spool, this::startSender);
    }

    /** Opens a logger; with a spool, what an earlier process left there is sent first. */
    static DefaultMetricLogger open(Api api, String runId, MetricOptions options) {
        Spool spool = options.spool()
                .map(folder -> Spool.open(folder, runId, options.syncSpool()))
                .orElse(null);
        DefaultMetricLogger logger = new DefaultMetricLogger(api, runId, options, spool);
        if (spool != null) {
            logger.queue.recover(spool.found(options.flushSize()));
        }
        return logger;
    }

    private void startSender() {
        sender.start(queue);
    }

    MetricOptions options() {
        return options;
    }

    boolean closed() {
        return closed.get();
    }

    @Override
    public MetricLogger log(String key, double value, long step) {
        PointBuffer one = new PointBuffer(1);
        one.add(key, value, api.clock().millis(), step);
        return record(one);
    }

    @Override
    public MetricLogger log(Map<String, Double> values, long step) {
        return record(PointBuffer.of(values, api.clock().millis(), step));
    }

    @Override
    public MetricLogger log(Collection<Metric> metrics) {
        return record(Points.of(List.copyOf(metrics)));
    }

    @Override
    public MetricLogger logSeries(String key, double[] values, long firstStep) {
        return record(Points.series(key, values, firstStep, api.clock().millis()));
    }

    private MetricLogger record(Points points) {
        LogBatches.checkMetrics(points);
        queue.add(points);
        return this;
    }

    @Override
    public CompletableFuture<Void> flush() {
        List<CompletableFuture<Void>> batches = queue.flush();
        return CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new))
                .exceptionally(failed -> {
                    throw merged(batches);
                });
    }

    private MetricsUndeliveredException merged(List<CompletableFuture<Void>> batches) {
        List<MetricsUndeliveredException> failures = new ArrayList<>();
        for (CompletableFuture<Void> batch : batches) {
            try {
                batch.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof MetricsUndeliveredException mine && !failures.contains(mine)) {
                    failures.add(mine);
                }
            }
        }
        MetricsUndeliveredException last = failures.get(failures.size() - 1);
        if (failures.size() == 1) {
            return last;
        }
        List<Metric> points =
                failures.stream().flatMap(f -> f.points().stream()).toList();
        return new MetricsUndeliveredException(
                runId, points, last.why(), last.spool().orElse(null), last.getCause());
    }

    @Override
    public void flush(Duration timeout) {
        try {
            flush().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            Throwable trouble = sender.trouble();
            throw new OperationTimeoutException(
                    "mlflow run " + runId + ": " + stats().waiting() + " metric values are not confirmed yet after "
                            + timeout.toMillis() / 1000.0 + " s, and still being sent"
                            + (trouble == null ? "" : "; the last attempt: " + trouble.getMessage()),
                    runId,
                    "",
                    trouble);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    "interrupted while waiting for the metrics of run " + runId + ", which are still being sent",
                    runId,
                    "");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MetricsUndeliveredException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public MetricStats stats() {
        return queue.stats();
    }

    @Override
    public List<Metric> takeUndelivered() {
        return queue.takeGivenUp();
    }

    @Override
    public void close() {
        close(options.closeDeadline());
    }

    void close(Duration limit) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (!queue.close(limit)) {
            sender.stop();
        }
        MetricsUndeliveredException left = queue.leftOver(limit, sender.trouble());
        MetricShutdown.forget(queue);
        if (spool != null) {
            spool.close();
        }
        if (left != null) {
            throw left;
        }
    }

    @Override
    public String toString() {
        return "MetricLogger[" + runId + ", " + stats() + "]";
    }
}
