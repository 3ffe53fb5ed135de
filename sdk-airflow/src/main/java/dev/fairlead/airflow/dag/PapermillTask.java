package dev.fairlead.airflow.dag;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is a task that runs a Jupyter notebook (Airflow's {@code PapermillOperator}; the workers need the provider {@code papermill}). */
public sealed interface PapermillTask extends Task permits PapermillTaskValue {
    /** Returns the notebook: a path on the worker or an address such as {@code s3://…}; empty only where the task is mapped over it. */
    Optional<Expression> notebook();

    /** Returns where the notebook with its results is written; empty only where the task is mapped over it. */
    Optional<Expression> result();

    /** Returns the notebook's parameters. */
    Map<String, Object> parameters();

    /** Returns the kernel; empty means the notebook's own. */
    Optional<String> kernel();

    /** Returns the kernel's language; empty means the notebook's own. */
    Optional<String> language();

    /** Returns Airflow's connection to a kernel that runs elsewhere. */
    Optional<String> kernelConnection();

    /** Returns whether the cells' output is written to the task's log; false by default. */
    boolean logsOutput();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutablePapermillTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default PapermillTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the notebook: a path on the worker or an address such as {@code s3://…}; mandatory. */
        default Builder notebook(String notebook) {
            return notebook(new Text(notebook));
        }

        /** Sets the notebook: a path on the worker or an address such as {@code s3://…}; mandatory. */
        Builder notebook(Expression notebook);

        /** Sets where the notebook with its results is written; mandatory. */
        default Builder result(String result) {
            return result(new Text(result));
        }

        /** Sets where the notebook with its results is written; mandatory. */
        Builder result(Expression result);

        /** Replaces the parameters. */
        Builder parameters(Map<String, ? extends Object> parameters);

        /** Adds a parameter of the notebook; the output of another task arrives as what it was. */
        Builder putParameter(String name, Object value);

        /** Sets the kernel, by its name on the worker. */
        Builder kernel(String kernel);

        /** Sets the kernel's language. */
        Builder language(String language);

        /** Sets Airflow's connection to a kernel that runs elsewhere, by its id. */
        Builder kernelConnection(String kernelConnection);

        /** Sets whether the cells' output is written to the task's log. */
        Builder logsOutput(boolean logsOutput);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        PapermillTask build();
    }
}
