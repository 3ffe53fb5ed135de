package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.MetricOptions;
import dev.fairlead.mlflow.SystemMetrics;
import dev.fairlead.mlflow.SystemMetricsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What goes on beside a run and ends with it: one buffered logger, one sampler of the system. */
final class RunLoggers {
    private final Api api;
    private final String runId;
    private final boolean resumed;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable DefaultMetricLogger logger;
    private @Nullable SystemSampler sampler;

    RunLoggers(Api api, String runId, boolean resumed) {
        this.api = api;
        this.runId = runId;
        this.resumed = resumed;
    }

    /** Returns the open logger, or opens one; {@code null} takes whatever is open. */
    MetricLogger metrics(@Nullable MetricOptions options) {
        lock.lock();
        try {
            DefaultMetricLogger open = logger;
            if (open == null || open.closed()) {
                open = DefaultMetricLogger.open(
                        api, runId, options == null ? MetricOptions.builder().build() : options);
                logger = open;
            } else if (options != null && !options.equals(open.options())) {
                throw new ConfigurationException("the metric logger of run " + runId
                        + " is open with other options: set them where it is asked for first, or close it before");
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    SystemMetrics systemMetrics(SystemMetricsOptions options) {
        long firstStep = resumed ? nextStep() : 0;
        SystemSampler started = new SystemSampler(
                metrics(null),
                options,
                api.platform().sleeper(),
                new SystemProbe(Path.of("/proc"), Path.of("/"), JvmProbe::cpuLoad),
                firstStep);
        SystemSampler before;
        lock.lock();
        try {
            before = sampler;
            sampler = started;
        } finally {
            lock.unlock();
        }
        if (before != null) {
            before.close();
        }
        return started.start();
    }

    private long nextStep() {
        return Decode.run(DefaultRuns.read(api, runId)).metrics().values().stream()
                .filter(m -> m.key().startsWith(SystemSampler.PREFIX))
                .mapToLong(m -> m.step() + 1)
                .max()
                .orElse(0);
    }

    /** Ends both, the logger within its own limit or a shorter one. */
    void close(@Nullable Duration limit) {
        DefaultMetricLogger open;
        SystemSampler sampling;
        lock.lock();
        try {
            open = logger;
            sampling = sampler;
            sampler = null;
        } finally {
            lock.unlock();
        }
        if (sampling != null) {
            sampling.close();
        }
        if (open != null) {
            Duration own = open.options().closeDeadline();
            open.close(limit == null || own.compareTo(limit) < 0 ? own : limit);
        }
    }
}
