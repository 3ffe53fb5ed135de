package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Is one step of a DAG. A closed family: each kind is rendered to an operator of Airflow that we know. */
public sealed interface Task permits PodTask, BashTask, PythonTask, EmptyTask {
    /** Returns the id, unique within the DAG. */
    String id();

    /** Returns how often a failed task is tried again; empty leaves it to the DAG. */
    OptionalInt retries();

    /** Returns the pause before a failed task is tried again; empty leaves it to the DAG. */
    Optional<Duration> retryDelay();

    /** Returns how long one try may take before Airflow fails it; empty means without limit. */
    Optional<Duration> executionTimeout();

    /** Returns which ends of the tasks before it let this one run; {@link TriggerRule#ALL_SUCCESS} by default. */
    TriggerRule triggerRule();

    /** Returns the pool whose slots the task takes; empty means Airflow's {@code default_pool}. */
    Optional<String> pool();

    /** Returns the weight that decides who runs first when slots are rare; empty means 1. */
    OptionalInt priorityWeight();

    /** Returns the queue of workers; empty leaves it to the executor. */
    Optional<String> queue();

    /** Returns what Airflow's pages say about the task, in Markdown. */
    Optional<String> doc();

    /** Returns where in the Java program the task was built, such as {@code Retraining.java:87}. */
    Optional<String> origin();

    /** Returns what the task returns, for use in a later task. */
    default TaskOutput output() {
        return TaskOutput.of(id());
    }

    /**
     * Sets what all tasks have.
     *
     * @param <B> the builder, for chaining
     */
    interface Builder<B> {
        /** Sets how often a failed task is tried again; 0 or more. */
        B retries(int retries);

        /** Sets the pause before a failed task is tried again; longer than zero. */
        B retryDelay(Duration delay);

        /** Sets how often a failed task is tried again, and the pause before it. */
        default B retries(int retries, Duration delay) {
            retries(retries);
            return retryDelay(delay);
        }

        /** Sets how long one try may take before Airflow fails it. */
        B executionTimeout(Duration timeout);

        /** Sets which ends of the tasks before it let this one run. */
        B triggerRule(TriggerRule rule);

        /** Sets the pool whose slots the task takes; it must exist in Airflow. */
        B pool(String pool);

        /** Sets the weight that decides who runs first when slots are rare. */
        B priorityWeight(int weight);

        /** Sets the queue of workers. */
        B queue(String queue);

        /** Sets what Airflow's pages say about the task, in Markdown. */
        B doc(String markdown);
    }
}
