package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.MlflowLink;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is a task that runs a Bash command on a worker (Airflow's {@code BashOperator}). It fails unless the command ends with 0. */
public sealed interface BashTask extends Task permits BashTaskValue {
    /** Returns the command; empty only where the task is mapped over it. */
    Optional<Expression> command();

    /** Returns the variables added to the worker's own. */
    Map<String, Expression> env();

    /** Returns the directory it runs in; empty means a temporary one. */
    Optional<String> workingDirectory();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableBashTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a task with a command that is run as it is written. */
    static BashTask of(String id, String command) {
        return builder(id).command(command).build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default BashTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the command, run as it is written; mandatory. Pass what others wrote by {@link #putEnv} and use it as {@code "$NAME"}. */
        default Builder command(String command) {
            return command(new Text(command));
        }

        /** Sets the command. A template in it is evaluated before Bash reads it, so that what it becomes can be code. */
        Builder command(Expression command);

        /** Replaces the variables added to the worker's own. */
        Builder env(Map<String, ? extends Expression> env);

        /** Adds a variable. Secrets do not belong here: they would stand in the DAG's file. */
        default Builder putEnv(String name, String value) {
            return putEnv(name, new Text(value));
        }

        /** Adds a variable. */
        Builder putEnv(String name, Expression value);

        /** Adds the variables that tie what the command logs to the run's MLflow run; see {@link MlflowLink}. */
        default Builder mlflowEnv() {
            return putEnv(MlflowLink.RUN_VARIABLE, MlflowLink.run())
                    .putEnv(MlflowLink.EXPERIMENT_VARIABLE, MlflowLink.experiment());
        }

        /** Sets the directory it runs in. */
        Builder workingDirectory(String directory);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        BashTask build();
    }
}
