package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.DagRunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Is a task that starts a run of a DAG (Airflow's {@code TriggerDagRunOperator}). */
public sealed interface TriggerDagTask extends Task permits TriggerDagTaskValue {
    /** Returns the DAG's id; empty only where the task is mapped over it. */
    Optional<Expression> dagId();

    /** Returns the run's id; empty means that Airflow makes one. */
    Optional<Expression> runId();

    /** Returns the run's configuration: {@link Expression}s, numbers, booleans, and lists and maps of them. */
    Map<String, Object> conf();

    /** Returns the run's logical date; empty means now. */
    Optional<Expression> logicalDate();

    /** Returns whether the task waits until the run has ended and shares its fate; false by default. */
    boolean waits();

    /** Returns the pause between two looks at the run; empty means Airflow's 60 s. */
    Optional<Duration> pollInterval();

    /** Returns whether the worker hands the waiting to the triggerer; false by default. */
    boolean deferrable();

    /** Returns whether a run that has this id is cleared and runs again; false by default, then the task fails. */
    boolean resets();

    /** Returns whether the task is skipped where a run has this id; false by default, then the task fails. */
    boolean skipsExisting();

    /** Returns the states of the run that let the task succeed; empty means success. */
    List<DagRunState> allowedStates();

    /** Returns the states of the run that fail the task; empty means failed. */
    List<DagRunState> failedStates();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableTriggerDagTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default TriggerDagTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets the DAG's id; mandatory. */
        default Builder dagId(String dagId) {
            return dagId(new Text(dagId));
        }

        /** Sets the DAG's id; mandatory. */
        Builder dagId(Expression dagId);

        /** Sets the run's id. */
        default Builder runId(String runId) {
            return runId(new Text(runId));
        }

        /** Sets the run's id. */
        Builder runId(Expression runId);

        /** Replaces the run's configuration. */
        Builder conf(Map<String, ? extends Object> conf);

        /** Adds an entry to the run's configuration; the output of another task arrives as what it was. */
        Builder putConf(String name, Object value);

        /** Sets the run's logical date, which becomes a time such as {@code 2026-01-31T00:00:00+00:00}. */
        default Builder logicalDate(String logicalDate) {
            return logicalDate(new Text(logicalDate));
        }

        /** Sets the run's logical date, which becomes a time such as {@code 2026-01-31T00:00:00+00:00}. */
        Builder logicalDate(Expression logicalDate);

        /** Sets whether the task waits until the run has ended and shares its fate. */
        Builder waits(boolean waits);

        /** Sets the pause between two looks at the run. */
        Builder pollInterval(Duration pollInterval);

        /** Sets whether the worker hands the waiting to the triggerer. */
        Builder deferrable(boolean deferrable);

        /** Sets whether a run that has this id is cleared and runs again. */
        Builder resets(boolean resets);

        /** Sets whether the task is skipped where a run has this id. */
        Builder skipsExisting(boolean skipsExisting);

        /** Replaces the states of the run that let the task succeed. */
        Builder allowedStates(Iterable<? extends DagRunState> allowedStates);

        /** Adds states of the run that let the task succeed. */
        Builder addAllowedStates(DagRunState... allowedStates);

        /** Replaces the states of the run that fail the task. */
        Builder failedStates(Iterable<? extends DagRunState> failedStates);

        /** Adds states of the run that fail the task. */
        Builder addFailedStates(DagRunState... failedStates);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        TriggerDagTask build();
    }
}
