package dev.fairlead.airflow.dag;

import java.util.Map;
import java.util.function.Consumer;

/** Is a task of an operator that Fairlead has no kind for; {@link Operator} says which. */
public sealed interface OperatorTask extends Task permits OperatorTaskValue {
    /** Returns the operator. */
    Operator operator();

    /** Returns the operator's own arguments: texts, {@link Expression}s, numbers, booleans, and lists and maps of them. */
    Map<String, Object> arguments();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableOperatorTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default OperatorTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the operator; mandatory. */
        Builder operator(Operator operator);

        /** Replaces the arguments. */
        Builder arguments(Map<String, ? extends Object> arguments);

        /** Adds an argument of the operator. Templates and outputs are for its template fields alone. */
        Builder putArgument(String name, Object value);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        OperatorTask build();
    }
}
