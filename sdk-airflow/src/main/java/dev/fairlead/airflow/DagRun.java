package dev.fairlead.airflow;

import java.time.Instant;
import java.util.List;
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

    /** Returns the instant from which on it may start; empty on Airflow 2. */
    Optional<Instant> runAfter();

    /** Returns the start of the stretch of data it is about. */
    Optional<Instant> dataIntervalStart();

    /** Returns the end of the stretch of data it is about. */
    Optional<Instant> dataIntervalEnd();

    /** Returns how it was asked for, such as {@code rest_api}, {@code ui} or {@code backfill}; empty on Airflow 2. */
    Optional<String> triggeredBy();

    /** Returns who asked for it; empty for a schedule, and before Airflow 3.1. */
    Optional<String> triggeringUser();

    /** Returns the versions of the DAG its tasks ran with, oldest first; empty on Airflow 2. */
    List<Integer> dagVersions();

    /** Returns when it was asked for; empty on Airflow 2. */
    Optional<Instant> queuedAt();

    /** Returns when it started. */
    Optional<Instant> startedAt();

    /** Returns when it ended. */
    Optional<Instant> endedAt();

    /** Returns its configuration. */
    Map<String, Object> conf();

    /** Returns the partition of assets it is about; empty for none, and before Airflow 3.2. */
    Optional<String> partitionKey();

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

        /** Sets the instant from which on it may start. */
        Builder runAfter(Instant runAfter);

        /** Sets the start of the stretch of data it is about. */
        Builder dataIntervalStart(Instant start);

        /** Sets the end of the stretch of data it is about. */
        Builder dataIntervalEnd(Instant end);

        /** Sets how it was asked for. */
        Builder triggeredBy(String triggeredBy);

        /** Sets who asked for it. */
        Builder triggeringUser(String user);

        /** Sets the versions of the DAG its tasks ran with. */
        Builder dagVersions(Iterable<? extends Integer> versions);

        /** Sets when it was asked for. */
        Builder queuedAt(Instant queuedAt);

        /** Sets when it started. */
        Builder startedAt(Instant startedAt);

        /** Sets when it ended. */
        Builder endedAt(Instant endedAt);

        /** Sets its configuration. */
        Builder conf(Map<String, ? extends Object> conf);

        /** Sets the partition of assets it is about. */
        Builder partitionKey(String key);

        /** Sets what somebody noted on it. */
        Builder note(String note);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        DagRun build();
    }
}
