package dev.fairlead.airflow.admin;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is something somebody did, as the server noted it.
 *
 * @param id the server's number for it
 * @param at when it was
 * @param event what was done, such as {@code post_pool}
 * @param owner who did it; empty where the server does not say
 * @param dag the DAG it was done to, or {@code null}
 * @param run the run, or {@code null}
 * @param task the task, or {@code null}
 * @param extra what else was noted, as JSON; empty where nothing was
 */
public record AuditEvent(
        int id,
        Instant at,
        String event,
        String owner,
        @Nullable String dag,
        @Nullable String run,
        @Nullable String task,
        String extra) {
    /** Returns the DAG it was done to. */
    public Optional<String> dagId() {
        return Optional.ofNullable(dag);
    }

    /** Returns the run it was done to. */
    public Optional<String> runId() {
        return Optional.ofNullable(run);
    }

    /** Returns the task it was done to. */
    public Optional<String> taskId() {
        return Optional.ofNullable(task);
    }
}
