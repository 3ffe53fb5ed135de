package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.MlflowLink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is a task that runs Python on a worker (Airflow's {@code PythonOperator}, or {@code PythonVirtualenvOperator} where it has packages of its own). What the function returns is the task's output. */
public sealed interface PythonTask extends Task permits PythonTaskValue {
    /** Returns the function's body. */
    TrustedPython code();

    /** Returns the arguments: {@link Expression}s, numbers, booleans, and lists and maps of them. */
    Map<String, Object> arguments();

    /** Returns the variables set in the code's environment before it runs. */
    Map<String, Expression> env();

    /** Returns the packages that a virtual environment made for the task holds; empty means that it runs in the worker's own Python. */
    List<String> requirements();

    /** Returns the Python of that environment, such as {@code 3.11}; empty means the worker's own. */
    Optional<String> pythonVersion();

    /** Returns the Python program on the worker that runs the code; empty means the worker's own. */
    Optional<String> interpreter();

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

        /** Adds an argument of this type. */
        default <T> Builder putArgument(Argument<T> argument, T value) {
            return putArgument(argument.name(), value);
        }

        /** Adds an argument of this type that another task returns. */
        default <T> Builder putArgument(Argument<T> argument, TaskOutput<? extends T> value) {
            return putArgument(argument.name(), value);
        }

        /** Replaces the variables set in the code's environment before it runs. */
        Builder env(Map<String, ? extends Expression> env);

        /** Adds a variable. Secrets do not belong here: they would stand in the DAG's file. */
        default Builder putEnv(String name, String value) {
            return putEnv(name, new Text(value));
        }

        /** Adds a variable. */
        Builder putEnv(String name, Expression value);

        /** Adds the variables that tie what the code logs to the run's MLflow run; see {@link MlflowLink}. */
        default Builder mlflowEnv() {
            return putEnv(MlflowLink.RUN_VARIABLE, MlflowLink.run())
                    .putEnv(MlflowLink.EXPERIMENT_VARIABLE, MlflowLink.experiment());
        }

        /** Replaces the packages that a virtual environment made for the task holds. The code then sees its arguments, but no context. */
        Builder requirements(Iterable<String> requirements);

        /** Adds packages that a virtual environment made for the task holds, such as {@code pandas==2.3.3}; needs {@code virtualenv} on workers. */
        Builder addRequirements(String... requirements);

        /** Sets the Python of that environment, such as {@code 3.11}; it must be on the worker. */
        Builder pythonVersion(String version);

        /** Sets the Python program on the worker that runs the code, by its absolute path. The code then sees its arguments, but no context. */
        Builder interpreter(String path);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PythonTask build();
    }
}
