package dev.fairlead.seldon.kserve;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Says that requests are gathered into batches before the model.
 *
 * @param size the largest batch, or {@code null} for KServe's 32
 * @param latency how long a request waits for others at most, in whole milliseconds, or {@code null} for KServe's 5 s
 */
public record Batcher(@Nullable Integer size, @Nullable Duration latency) {
    /** Gathers up to so many requests for as long. */
    public static Batcher of(int maxBatchSize, Duration maxLatency) {
        return new Batcher(maxBatchSize, maxLatency);
    }

    /** Returns the largest batch. */
    public OptionalInt maxBatchSize() {
        return size == null ? OptionalInt.empty() : OptionalInt.of(size);
    }

    /** Returns how long a request waits for others at most. */
    public Optional<Duration> maxLatency() {
        return Optional.ofNullable(latency);
    }
}
