package dev.fairlead.airflow.dag;

/** Is a task that does nothing: a point where paths meet. */
public sealed interface EmptyTask extends Task permits EmptyTaskValue {
    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableEmptyTask.builder().id(id).origin(Origin.here());
    }

    /** Makes a task. */
    static EmptyTask of(String id) {
        return builder(id).build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        EmptyTask build();
    }
}
