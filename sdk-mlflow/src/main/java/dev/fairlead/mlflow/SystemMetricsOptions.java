package dev.fairlead.mlflow;

import java.time.Duration;
import java.util.Optional;

/** Says what {@link SystemMetrics} log, and how often. */
public interface SystemMetricsOptions {
    /** Returns the time between two samples; 10 s by default. */
    Duration interval();

    /** Returns the name of this machine among several that log to one run; none by default. */
    Optional<String> nodeId();

    /** Returns whether this JVM is measured too; {@code true} by default. */
    boolean jvm();

    /** Starts with the defaults. */
    static Builder builder() {
        return ImmutableSystemMetricsOptions.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds options. Not thread-safe. */
    interface Builder {
        /** Sets the time between two samples. */
        Builder interval(Duration interval);

        /** Sets the name of this machine, which then stands in the keys: {@code system/NODE/…}. */
        Builder nodeId(String node);

        /** Sets whether this JVM is measured too. */
        Builder jvm(boolean jvm);

        /** Makes the options, or throws {@link dev.fairlead.error.InvalidValueException}. */
        SystemMetricsOptions build();
    }
}
