package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is a run of a DAG. */
public interface DagRun {
    /** Returns the DAG. */
    String dagId();

    /** Returns the run's id, unique in the DAG. */
    String id();

    /** Returns how far it is. */
    DagRunState state();

    /** Returns what started it, such as {@code manual} or {@code scheduled}. */
    String type();

    /** Returns the instant it stands for. */
    Optional<Instant> logicalDate();

    /** Returns when it was asked for. */
    Optional<Instant> queuedAt();

    /** Returns when it started. */
    Optional<Instant> startedAt();

    /** Returns when it ended. */
    Optional<Instant> endedAt();

    /** Returns its configuration. */
    Map<String, Object> conf();

    /** Returns what somebody noted on it. */
    Optional<String> note();

    /** Returns the id with which {@link Runs#operation(String)} takes it up again. */
    default String operationId() {
        return dagId() + "/" + id();
    }

    /** Starts a description, for tests. */
    static Builder builder() {
        return ImmutableDagRun.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default DagRun with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a run. Not thread-safe. */
    interface Builder {
        /** Sets the DAG. */
        Builder dagId(String dagId);

        /** Sets the run's id, unique in the DAG. */
        Builder id(String id);

        /** Sets how far it is. */
        Builder state(DagRunState state);

        /** Sets what started it, such as {@code manual} or {@code scheduled}. */
        Builder type(String type);

        /** Sets the instant it stands for. */
        Builder logicalDate(Instant logicalDate);

        /** Sets when it was asked for. */
        Builder queuedAt(Instant queuedAt);

        /** Sets when it started. */
        Builder startedAt(Instant startedAt);

        /** Sets when it ended. */
        Builder endedAt(Instant endedAt);

        /** Sets its configuration. */
        Builder conf(Map<String, ? extends Object> conf);

        /** Sets what somebody noted on it. */
        Builder note(String note);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        DagRun build();
    }
}
