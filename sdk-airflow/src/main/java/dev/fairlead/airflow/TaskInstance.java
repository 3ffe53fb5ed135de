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

    /** Returns what somebody noted on it. */
    Optional<String> note();

    /** Returns the pool whose slots it takes. */
    Optional<String> pool();

    /** Returns the queue its worker reads. */
    Optional<String> queue();

    /** Returns where it runs or ran. */
    Optional<String> host();

    /** Returns how the server names it among the tasks mapped from one, where the DAG says how. */
    Optional<String> mapName();

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

        /** Sets what somebody noted on it. */
        Builder note(String note);

        /** Sets the pool whose slots it takes. */
        Builder pool(String pool);

        /** Sets the queue its worker reads. */
        Builder queue(String queue);

        /** Sets where it runs or ran. */
        Builder host(String host);

        /** Sets how the server names it among the tasks mapped from one. */
        Builder mapName(String name);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        TaskInstance build();
    }
}
