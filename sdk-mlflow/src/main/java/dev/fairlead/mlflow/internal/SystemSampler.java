package dev.fairlead.mlflow.internal;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.SystemMetrics;
import dev.fairlead.mlflow.SystemMetricsOptions;
import dev.fairlead.spi.Sleeper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samples on a daemon thread of its own, for as long as the logger takes values. */
final class SystemSampler implements SystemMetrics {
    static final String PREFIX = "system/";
    private static final Logger LOG = LoggerFactory.getLogger(SystemSampler.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final MetricLogger logger;
    private final SystemMetricsOptions options;
    private final Sleeper sleeper;
    private final SystemProbe system;
    private final JvmProbe jvm = new JvmProbe();
    private final AtomicLong step;
    private final Thread thread;
    private volatile boolean closed;

    /** Starts to sample; {@code firstStep} lies above those of an earlier process. */
    SystemSampler(
            MetricLogger logger, SystemMetricsOptions options, Sleeper sleeper, SystemProbe system, long firstStep) {
        this.logger = logger;
        this.options = options;
        this.sleeper = sleeper;
        this.system = system;
        this.step = new AtomicLong(firstStep);
        this.thread = new Thread(this::run, "fairlead-metrics-system-" + COUNT.incrementAndGet());
        this.thread.setDaemon(true);
    }

    /** Takes the first sample at once, so that a short run has one too. */
    SystemSampler start() {
        sample();
        thread.start();
        return this;
    }

    private void run() {
        try {
            while (!closed) {
                sleeper.sleep(options.interval());
                try {
                    sample();
                } catch (ConfigurationException e) {
                    return; // the run has ended
                } catch (MlPlatformException e) {
                    LOG.debug("a sample of the system could not be logged", e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the sampling of the system has ended");
        }
    }

    @Override
    public void sample() {
        Map<String, Double> all = new LinkedHashMap<>();
        String prefix = PREFIX + options.nodeId().map(node -> node + "/").orElse("");
        system.read().forEach((key, value) -> all.put(prefix + key, value));
        if (options.jvm()) {
            jvm.read().forEach((key, value) -> all.put(prefix + "jvm/" + key, value));
        }
        logger.log(all, step.getAndIncrement());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
