package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a run that a backfill would make.
 *
 * @param date its logical date, or {@code null} for a DAG that runs by partitions
 * @param partition the key of its partition, or {@code null}
 */
public record PlannedRun(@Nullable Instant date, @Nullable String partition) {
    /** Returns its logical date. */
    public Optional<Instant> logicalDate() {
        return Optional.ofNullable(date);
    }

    /** Returns the key of its partition. */
    public Optional<String> partitionKey() {
        return Optional.ofNullable(partition);
    }
}
