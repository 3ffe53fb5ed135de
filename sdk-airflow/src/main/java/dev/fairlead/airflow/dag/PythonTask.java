package dev.fairlead.airflow.dag;

import java.util.Map;
import java.util.function.Consumer;

/** Is a task that runs Python on a worker (Airflow's {@code PythonOperator}). What the function returns is the task's output. */
public sealed interface PythonTask extends Task permits PythonTaskValue {
    /** Returns the function's body. */
    TrustedPython code();

    /** Returns the arguments: {@link Expression}s, numbers, booleans, and lists and maps of them. */
    Map<String, Object> arguments();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutablePythonTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default PythonTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the function's body; mandatory. */
        Builder code(TrustedPython code);

        /** Sets the function's body, which must be code that was written and reviewed for this; see {@link TrustedPython}. */
        default Builder code(String body) {
            return code(TrustedPython.of(body));
        }

        /** Replaces the arguments. */
        Builder arguments(Map<String, ? extends Object> arguments);

        /**
         * Adds an argument.
         *
         * @param name a Python name
         * @param value a text, number, boolean, {@link Expression}, or a list or map of them
         */
        Builder putArgument(String name, Object value);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PythonTask build();
    }
}
