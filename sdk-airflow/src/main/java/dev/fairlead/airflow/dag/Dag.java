package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Is a DAG: tasks, and which runs after which. Immutable; {@code build()} has checked it, so that Airflow will take it.
 *
 * <p>{@link #render} shows the Python that Airflow gets; {@code airflow.dags().deploy(dag)} brings it there and confirms it.
 */
public interface Dag {
    /** Returns the id, unique in Airflow. */
    String id();

    /** Returns when Airflow starts runs by itself; {@link Schedule#manual()} by default. */
    Schedule schedule();

    /** Returns the instant before which no run is scheduled. */
    Optional<Instant> startDate();

    /** Returns whether runs missed since the start date are made up for; false by default. */
    boolean catchup();

    /** Returns one line about the DAG. */
    Optional<String> description();

    /** Returns what Airflow's page says about the DAG, in Markdown. */
    Optional<String> doc();

    /** Returns the tags by which people find it. */
    List<String> tags();

    /** Returns the parameters with their default values; a run's configuration may set others. */
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

    /** Returns the tasks. */
    List<Task> tasks();

    /** Returns which task runs after which. */
    List<Edge> edges();

    /** Returns the task of this id. */
    default Optional<Task> task(String id) {
        return tasks().stream().filter(t -> t.id().equals(id)).findFirst();
    }

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
    interface Builder {
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

        /** Adds a parameter with its default value: a text, number, boolean, list or map. */
        Builder putParam(String name, Object value);

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

        /** Replaces the tasks. */
        Builder tasks(Iterable<? extends Task> tasks);

        /** Adds a task. */
        Builder addTask(Task task);

        /** Adds a pod; its problems are reported with those of the DAG. */
        Builder pod(String id, Consumer<PodTask.Builder> task);

        /** Adds a Bash command; its problems are reported with those of the DAG. */
        Builder bash(String id, Consumer<BashTask.Builder> task);

        /** Adds a Bash command that is run as it is written. */
        default Builder bash(String id, String command) {
            return bash(id, b -> b.command(command));
        }

        /** Adds Python; its problems are reported with those of the DAG. */
        Builder python(String id, Consumer<PythonTask.Builder> task);

        /** Adds a task that does nothing. */
        Builder empty(String id);

        /** Replaces the edges. */
        Builder edges(Iterable<? extends Edge> edges);

        /** Adds an edge. */
        Builder addEdge(Edge edge);

        /** Lets one task run after another. */
        default Builder addEdge(String upstream, String downstream) {
            return addEdge(new Edge(upstream, downstream));
        }

        /** Lets each task run after the one before it. */
        default Builder chain(String... ids) {
            Builder builder = this;
            for (int i = 1; i < ids.length; i++) {
                builder = builder.addEdge(ids[i - 1], ids[i]);
            }
            return builder;
        }

        /**
         * Makes the DAG.
         *
         * @throws dev.fairlead.error.InvalidValueException that names every problem of the DAG and its tasks, each with its place
         */
        Dag build();
    }
}
