package dev.fairlead.airflow.admin;

import java.time.Instant;
import java.util.Optional;

/** Says which notes of the server's audit log are wanted; what is not set does not matter. */
public interface AuditQuery {
    /** Returns the DAG. */
    Optional<String> dagId();

    /** Returns the run. */
    Optional<String> runId();

    /** Returns the task. */
    Optional<String> taskId();

    /** Returns what was done, such as {@code post_pool}. */
    Optional<String> event();

    /** Returns who did it. */
    Optional<String> owner();

    /** Returns the instant after which it was done. */
    Optional<Instant> after();

    /** Returns the instant before which it was done. */
    Optional<Instant> before();

    /** Starts a query. */
    static Builder builder() {
        return ImmutableAuditQuery.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a query. Not thread-safe. */
    interface Builder {
        /** Sets the DAG. */
        Builder dagId(String dagId);

        /** Sets the run. */
        Builder runId(String runId);

        /** Sets the task. */
        Builder taskId(String taskId);

        /** Sets what was done. */
        Builder event(String event);

        /** Sets who did it. */
        Builder owner(String user);

        /** Sets the instant after which it was done. */
        Builder after(Instant instant);

        /** Sets the instant before which it was done. */
        Builder before(Instant instant);

        /** Makes the query, or throws {@link dev.fairlead.error.InvalidValueException}. */
        AuditQuery build();
    }
}
