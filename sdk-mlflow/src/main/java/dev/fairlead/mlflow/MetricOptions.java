package dev.fairlead.mlflow;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Says how a {@link MetricLogger} buffers and sends. */
public interface MetricOptions {
    /** Returns how many values may wait or be on their way; 100,000 by default. */
    int bufferSize();

    /** Returns how many values one call carries; 1,000 by default, which is also the most. */
    int flushSize();

    /** Returns how long a value waits for others before it is sent; 1 s by default. */
    Duration flushInterval();

    /** Returns what happens when the buffer is full; waiting by default. */
    WhenFull whenFull();

    /** Returns how long values are kept trying when the server does not take them, counted from their recording; 5 min by default. */
    Duration giveUpAfter();

    /** Returns how long {@link MetricLogger#close()} may take to deliver the rest; 60 s by default. */
    Duration closeDeadline();

    /** Returns the folder in which values are written down before they are sent; none by default. */
    Optional<Path> spool();

    /** Returns whether each value is also forced onto the disk; {@code false} by default. */
    boolean syncSpool();

    /** Returns who is told of values that were given up. */
    Optional<MetricFailureListener> failureListener();

    /** Starts with the defaults. */
    static Builder builder() {
        return ImmutableMetricOptions.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds options. Not thread-safe. */
    interface Builder {
        /** Sets how many values may wait or be on their way; at least twice the flush size. One takes about 32 bytes. */
        Builder bufferSize(int points);

        /** Sets how many values one call carries, from 1 to 1,000. */
        Builder flushSize(int points);

        /** Sets how long a value waits for others before it is sent. */
        Builder flushInterval(Duration interval);

        /** Sets what happens when the buffer is full. */
        Builder whenFull(WhenFull policy);

        /**
         * Sets how long values are kept trying while the server is away, counted from their recording. Then they are given up: their future
         * fails, the listener is told, and closing reports them. What the server refuses for good is given up at once.
         */
        Builder giveUpAfter(Duration limit);

        /** Sets how long closing may take to deliver the rest. */
        Builder closeDeadline(Duration limit);

        /**
         * Sets a folder in which values are written down before they are sent. Logging then returns when they are in a file: they survive
         * {@code kill -9} of this process, and with {@link #syncSpool} the loss of power too. Each run has a folder of its own in it, which is
         * deleted when all is delivered. Only one process at a time can use a run's spool.
         */
        Builder spool(Path folder);

        /** Sets whether each value is also forced onto the disk, which costs milliseconds for each call. */
        Builder syncSpool(boolean sync);

        /** Sets who is told of values that were given up. */
        Builder failureListener(MetricFailureListener listener);

        /** Makes the options, or throws {@link dev.fairlead.error.InvalidValueException}. */
        MetricOptions build();
    }
}
