package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a backfill as the server described it when it was read.
 *
 * @param id the server's number for it
 * @param dagId the DAG
 * @param firstDate the first date
 * @param lastDate the last date
 * @param conf the configuration of its runs
 * @param paused whether no more of its runs are started
 * @param reprocess which days that have a run already are run again
 * @param maxActiveRuns how many of its runs may be active at once
 * @param createdAt when it was made
 * @param ended when it ended, or was ended; or {@code null}
 */
public record Backfill(
        int id,
        String dagId,
        Instant firstDate,
        Instant lastDate,
        Map<String, Object> conf,
        boolean paused,
        Reprocess reprocess,
        int maxActiveRuns,
        Instant createdAt,
        @Nullable Instant ended) {
    /** Returns when it ended, or was ended. */
    public Optional<Instant> endedAt() {
        return Optional.ofNullable(ended);
    }

    /** Returns the id by which {@link Backfills#operation(String)} takes it up again. */
    public String operationId() {
        return String.valueOf(id);
    }
}
