package dev.fairlead.airflow.dag;

import dev.fairlead.airflow.MlflowLink;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Is a DAG: tasks, and which runs after which. Immutable; {@code build()} has checked it, so that Airflow will take it.
 *
 * <p>{@link #render} shows the Python that Airflow gets; {@code airflow.dags().deploy(dag)} brings it there and confirms it.
 */
public interface Dag extends TaskContainer {
    /** Returns the id, unique in Airflow. */
    String id();

    /** Returns when Airflow starts runs by itself; {@link Schedule#manual()} by default. */
    Schedule schedule();

    /** Returns the instant before which no run is scheduled. */
    Optional<Instant> startDate();

    /** Returns the instant after which no run is scheduled. */
    Optional<Instant> endDate();

    /** Returns who owns the DAG; empty means {@code airflow}. */
    Optional<String> owner();

    /** Returns how many tasks may run at once; empty leaves it to Airflow. */
    OptionalInt maxActiveTasks();

    /** Returns whether the first task that fails ends the run; false by default. */
    boolean failFast();

    /** Returns what Airflow does when a run has failed. */
    List<Callback> onFailure();

    /** Returns what Airflow does when a run has succeeded. */
    List<Callback> onSuccess();

    /** Returns what Airflow does when a run has not ended in time. */
    List<DeadlineAlert> deadlines();

    /** Returns whether runs missed since the start date are made up for; false by default. */
    boolean catchup();

    /** Returns one line about the DAG. */
    Optional<String> description();

    /** Returns what Airflow's page says about the DAG, in Markdown. */
    Optional<String> doc();

    /** Returns the tags by which people find it. */
    List<String> tags();

    /** Returns the parameters with their default values, or as {@link Param}; a run's configuration may set others. */
    Map<String, Object> params();

    /** Returns how many runs may be active at once; empty leaves it to Airflow. */
    OptionalInt maxActiveRuns();

    /** Returns how often a failed task is tried again where the task does not say; empty means never. */
    OptionalInt retries();

    /** Returns the pause before a failed task is tried again where the task does not say; empty means Airflow's 5 minutes. */
    Optional<Duration> retryDelay();

    /** Returns how long a run may take before Airflow fails it; empty means without limit. */
    Optional<Duration> runTimeout();

    /** Returns whether the DAG waits for somebody to switch it on when it is first seen; false by default. */
    boolean startsPaused();

    /** Returns the task of this id, which for a task in a group holds the ids of its groups, such as {@code prepare.extract}. */
    Optional<Task> task(String id);

    /** Returns the ids of all tasks, those in groups too, each after those before it. */
    List<String> taskIds();

    /** Returns the ids of the tasks right after one, sorted: by edges, also of groups, and by what they use of it. */
    Set<String> downstream(String id);

    /**
     * Checks a run's configuration by what the parameters may be, before it is sent.
     *
     * @throws dev.fairlead.error.InvalidValueException that names each parameter with the rule and the value
     */
    void checkConf(Map<String, ?> conf);

    /**
     * Renders the DAG to the Python file that Airflow reads: deterministic, plain, without any secret.
     *
     * @throws dev.fairlead.error.InvalidValueException if it uses what this Airflow does not have
     */
    RenderedDag render(Dialect dialect);

    /** Starts a DAG. */
    static Builder builder(String id) {
        return ImmutableDag.builder().id(id);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default Dag with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a DAG. Not thread-safe. */
    interface Builder extends TaskContainer.Builder<Builder> {
        /** Sets the id: ASCII letters, digits, dots, dashes and underscores. */
        Builder id(String id);

        /** Sets when Airflow starts runs by itself. */
        Builder schedule(Schedule schedule);

        /** Sets the instant before which no run is scheduled. */
        Builder startDate(Instant start);

        /** Sets the day, in UTC, before which no run is scheduled. */
        default Builder startDate(LocalDate start) {
            return startDate(start.atStartOfDay().toInstant(ZoneOffset.UTC));
        }

        /** Sets the instant after which no run is scheduled; later than the start date. */
        Builder endDate(Instant end);

        /** Sets who owns the DAG. */
        Builder owner(String owner);

        /** Sets how many tasks may run at once; at least 1. */
        Builder maxActiveTasks(int tasks);

        /** Sets whether the first task that fails ends the run; needs {@link TriggerRule#ALL_SUCCESS} everywhere. */
        Builder failFast(boolean failFast);

        /** Adds what Airflow does when a run has failed. */
        Builder addOnFailure(Callback... callbacks);

        /** Adds what Airflow does when a run has succeeded. */
        Builder addOnSuccess(Callback... callbacks);

        /** Adds what Airflow does when a run has not ended in time (Airflow 3.1 and newer). */
        Builder addDeadlines(DeadlineAlert... deadlines);

        /** Sets whether runs missed since the start date are made up for. */
        Builder catchup(boolean catchup);

        /** Sets one line about the DAG. */
        Builder description(String description);

        /** Sets what Airflow's page says about the DAG, in Markdown. */
        Builder doc(String markdown);

        /** Replaces the tags. */
        Builder tags(Iterable<String> tags);

        /** Adds tags by which people find it. */
        Builder addTags(String... tags);

        /** Replaces the parameters. */
        Builder params(Map<String, ? extends Object> params);

        /** Adds a parameter with its default value: a text, number, boolean, list or map, or a {@link Param} that says what it may be. */
        Builder putParam(String name, Object value);

        /**
         * Adds a parameter for each component of a record, with its value as default; a component that is {@code null} must be given by each run.
         * What a component may be follows from its type: texts, numbers, booleans, enums, times, lists, maps and records of them.
         */
        default Builder params(Record defaults) {
            Builder builder = this;
            for (Map.Entry<String, Param> param : Params.of(defaults).entrySet()) {
                builder = builder.putParam(param.getKey(), param.getValue());
            }
            return builder;
        }

        /** Adds the parameters by which a run is told of its MLflow run; see {@link MlflowLink}. */
        default Builder mlflowParams() {
            Builder builder = this;
            for (Map.Entry<String, Param> param : MlflowLink.params().entrySet()) {
                builder = builder.putParam(param.getKey(), param.getValue());
            }
            return builder;
        }

        /** Sets how many runs may be active at once; at least 1. */
        Builder maxActiveRuns(int runs);

        /** Sets how often a failed task is tried again where the task does not say. */
        Builder retries(int retries);

        /** Sets the pause before a failed task is tried again where the task does not say. */
        Builder retryDelay(Duration delay);

        /** Sets how often a failed task is tried again, and the pause before it, where the task does not say. */
        default Builder retries(int retries, Duration delay) {
            return retries(retries).retryDelay(delay);
        }

        /** Sets how long a run may take before Airflow fails it. */
        Builder runTimeout(Duration timeout);

        /** Sets whether the DAG waits for somebody to switch it on when it is first seen. */
        Builder startsPaused(boolean paused);

        /**
         * Makes the DAG.
         *
         * @throws dev.fairlead.error.InvalidValueException that names every problem of the DAG and its tasks, each with its place
         */
        Dag build();
    }
}
