package dev.fairlead.mlflow;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Logs values of metrics to a run without waiting for the server: they are buffered, sent in order, 1,000 in a call, and each is stored once
 * however often a call must be repeated, because its time is fixed when it is recorded. Thread-safe. Made by {@link ActiveRun#metrics()}.
 *
 * <p>Two values of one metric that agree in step, millisecond and number are one row on the server; give repeated values steps of their own.
 *
 * <p>Nothing is lost silently. While the server is away values wait, and are tried again; what it does not take is given up after
 * {@link MetricOptions#giveUpAfter()}, stays in the buffer, and is named by {@link #flush(Duration)}, {@link #close()}, the future of
 * {@link #flush()}, and the {@link MetricFailureListener}. Ending the run closes its logger.
 *
 * <p>A program that ends without closing still delivers what it can within 5 s of its shutdown. The sending thread is a daemon named
 * {@code fairlead-metrics-n}, and there is one only while there is something to send.
 */
public interface MetricLogger extends AutoCloseable {
    /** Records one value, now, at step 0. */
    default MetricLogger log(String key, double value) {
        return log(key, value, 0);
    }

    /**
     * Records one value, now.
     *
     * @throws dev.fairlead.error.InvalidValueException if the server would refuse the key
     * @throws MetricBufferFullException if the buffer is full and {@link WhenFull#FAIL} was chosen
     * @throws MetricsUndeliveredException if the buffer is full of values that were given up; see {@link #takeUndelivered()}
     * @throws dev.fairlead.error.OperationInterruptedException if the thread was interrupted while it waited for room; the value is not
     *     recorded
     * @throws dev.fairlead.error.ConfigurationException if the logger is closed
     */
    MetricLogger log(String key, double value, long step);

    /** Records several metrics of one step, now; they share one time. */
    MetricLogger log(Map<String, Double> values, long step);

    /**
     * Records any number of values with times of their own. Where they are more than the buffer has room for, those before were recorded when
     * this throws.
     */
    MetricLogger log(Collection<Metric> metrics);

    /** Records a whole curve, now: the values of consecutive steps. */
    MetricLogger logSeries(String key, double[] values, long firstStep);

    /**
     * Sends what was recorded until now, without waiting for the batch to fill.
     *
     * @return a future that is done when the server has confirmed it all, or fails with a {@link MetricsUndeliveredException} that names what it
     *     did not take, now or earlier
     */
    CompletableFuture<Void> flush();

    /**
     * Sends what was recorded until now, and waits until the server has confirmed it.
     *
     * @param timeout how long to wait
     * @throws MetricsUndeliveredException if the server did not take some of it
     * @throws dev.fairlead.error.OperationTimeoutException if it was not confirmed by then; it is still being sent
     * @throws dev.fairlead.error.OperationInterruptedException if the thread was interrupted; the flag is set again
     */
    void flush(Duration timeout);

    /** Counts what became of the values. */
    MetricStats stats();

    /** Returns the values that were given up, oldest first, and forgets them: they leave the buffer, and closing no longer reports them. */
    List<Metric> takeUndelivered();

    /**
     * Delivers the rest within {@link MetricOptions#closeDeadline()} and ends the sending. Does nothing the second time.
     *
     * @throws MetricsUndeliveredException if anything is left; with a spool it stays there for later
     */
    @Override
    void close();
}
