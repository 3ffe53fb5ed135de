package dev.fairlead.airflow.dag;

import java.util.function.Consumer;

/** Is a task that skips the tasks right after it in all runs but the newest scheduled one (Airflow's {@code LatestOnlyOperator}); runs that somebody started go on. */
public sealed interface LatestOnlyTask extends Task permits LatestOnlyTaskValue {
    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableLatestOnlyTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default LatestOnlyTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        LatestOnlyTask build();
    }
}
