package dev.fairlead.airflow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says which tasks of runs are wanted; what is not set does not matter. */
public interface TaskQuery {
    /** Returns the DAGs. */
    List<String> dagIds();

    /** Returns the runs. */
    List<String> runIds();

    /** Returns the tasks. */
    List<String> taskIds();

    /** Returns how far they are. */
    List<TaskState> states();

    /** Returns the pools whose slots they take. */
    List<String> pools();

    /** Returns the queues their workers read. */
    List<String> queues();

    /** Returns the instant from which on their try started. */
    Optional<Instant> startedFrom();

    /** Returns the instant up to which their try started. */
    Optional<Instant> startedTo();

    /** Starts a query. */
    static Builder builder() {
        return ImmutableTaskQuery.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a query. Not thread-safe. */
    interface Builder {
        /** Adds DAGs. */
        Builder addDagIds(String... dagIds);

        /** Adds runs. */
        Builder addRunIds(String... runIds);

        /** Adds tasks. */
        Builder addTaskIds(String... taskIds);

        /** Adds states. */
        Builder addStates(TaskState... states);

        /** Adds pools. */
        Builder addPools(String... pools);

        /** Adds queues. */
        Builder addQueues(String... queues);

        /** Sets the instant from which on their try started. */
        Builder startedFrom(Instant instant);

        /** Sets the instant up to which their try started. */
        Builder startedTo(Instant instant);

        /** Makes the query, or throws {@link dev.fairlead.error.InvalidValueException}. */
        TaskQuery build();
    }
}
