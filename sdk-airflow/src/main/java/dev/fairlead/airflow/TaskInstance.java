package dev.fairlead.airflow;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Is a task of a run, as it is now or as one of its tries was. */
public interface TaskInstance {
    /** Returns the DAG. */
    String dagId();

    /** Returns the run. */
    String runId();

    /** Returns the task. */
    String taskId();

    /** Returns its number where one task is mapped to many, -1 otherwise. */
    int mapIndex();

    /** Returns how far it is. */
    TaskState state();

    /** Returns the try, counted from 1; 0 before the first. */
    int tryNumber();

    /** Returns how often it may be tried again after the first try. */
    int maxTries();

    /** Returns when the try started. */
    Optional<Instant> startedAt();

    /** Returns when the try ended. */
    Optional<Instant> endedAt();

    /** Returns the operator, such as {@code BashOperator}. */
    String operator();

    /** Starts a description, for tests. */
    static Builder builder() {
        return ImmutableTaskInstance.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default TaskInstance with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task of a run. Not thread-safe. */
    interface Builder {
        /** Sets the DAG. */
        Builder dagId(String dagId);

        /** Sets the run. */
        Builder runId(String runId);

        /** Sets the task. */
        Builder taskId(String taskId);

        /** Sets its number where one task is mapped to many, -1 otherwise. */
        Builder mapIndex(int mapIndex);

        /** Sets how far it is. */
        Builder state(TaskState state);

        /** Sets the try, counted from 1; 0 before the first. */
        Builder tryNumber(int tryNumber);

        /** Sets how often it may be tried again after the first try. */
        Builder maxTries(int maxTries);

        /** Sets when the try started. */
        Builder startedAt(Instant startedAt);

        /** Sets when the try ended. */
        Builder endedAt(Instant endedAt);

        /** Sets the operator, such as {@code BashOperator}. */
        Builder operator(String operator);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        TaskInstance build();
    }
}
