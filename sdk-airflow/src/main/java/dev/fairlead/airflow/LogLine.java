package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a line of a task's log.
 *
 * @param timestamp when it was written, or {@code null} where the log does not tell
 * @param level such as {@code info}; empty where the log does not tell
 * @param text the line
 */
public record LogLine(@Nullable Instant timestamp, String level, String text) {
    /** Returns when it was written, if the log tells. */
    public Optional<Instant> time() {
        return Optional.ofNullable(timestamp);
    }

    @Override
    public String toString() {
        return text;
    }
}
