package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Is one step of a DAG. A closed family: each kind is rendered to an operator of Airflow that we know. */
public sealed interface Task
        permits PodTask,
                BashTask,
                PythonTask,
                EmptyTask,
                BranchTask,
                ShortCircuitTask,
                LatestOnlyTask,
                TriggerDagTask,
                SensorTask,
                HttpTask,
                SqlTask,
                PapermillTask,
                SparkTask,
                JobTask,
                ResourceTask,
                ApprovalTask,
                OperatorTask {
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

    /** Returns by how much the pause grows with each try; empty means that it stays the same. */
    OptionalDouble retryBackoff();

    /** Returns the longest pause before a try; empty means Airflow's limit. */
    Optional<Duration> maxRetryDelay();

    /** Returns the pool whose slots the task takes; empty means Airflow's {@code default_pool}. */
    Optional<String> pool();

    /** Returns how many slots of its pool the task takes; empty means 1. */
    OptionalInt poolSlots();

    /** Returns the weight that decides who runs first when slots are rare; empty means 1. */
    OptionalInt priorityWeight();

    /** Returns the queue of workers; empty leaves it to the executor. */
    Optional<String> queue();

    /** Returns the executor, by its name in Airflow's configuration; empty means the first one. */
    Optional<String> executor();

    /** Returns how many instances of the task may run at once over all runs; empty leaves it to the DAG. */
    OptionalInt maxActive();

    /** Returns how many instances of the task may run at once in one run, where it is mapped; empty leaves it to the DAG. */
    OptionalInt maxActivePerRun();

    /** Returns whether the task waits until it succeeded in the run before; false by default. */
    boolean dependsOnPast();

    /** Returns whether it makes something ready or takes it away again; {@link TaskRole#WORK} by default. */
    TaskRole role();

    /** Returns the tasks whose work this one takes away; they are set-up tasks. Empty unless it is a teardown. */
    List<String> tearsDown();

    /** Returns the assets that the task updates when it succeeds. */
    List<AssetOutlet> outlets();

    /** Returns the assets that the task reads, for Airflow's graph of assets. */
    List<AssetOutlet> inlets();

    /** Returns what Airflow does after which exception; empty leaves it to the retries. */
    List<RetryRule> retryRules();

    /** Returns what Airflow does when a try starts. */
    List<Callback> onExecute();

    /** Returns what Airflow does when the task has failed and no try is left. */
    List<Callback> onFailure();

    /** Returns what Airflow does when a try failed and another follows. */
    List<Callback> onRetry();

    /** Returns what Airflow does when the task has succeeded. */
    List<Callback> onSuccess();

    /** Returns over what the task is mapped; empty means that it runs once. */
    Optional<Mapping> mapping();

    /** Returns what Airflow's pages say about the task, in Markdown. */
    Optional<String> doc();

    /** Returns where in the Java program the task was built, such as {@code Retraining.java:87}. */
    Optional<String> origin();

    /** Returns the outputs of other tasks that this one uses; those tasks run before it. */
    Set<TaskOutput<?>> inputs();

    /** Returns the tasks or groups among which it chooses; they run after it. Empty for most kinds. */
    List<String> choices();

    /** Returns what the task returns, for use in a later task of the same DAG or group. */
    default TaskOutput<Object> output() {
        return TaskOutput.of(id());
    }

    /**
     * Returns what the task returns, for use in a later task of the same DAG or group.
     *
     * @param type what it is; the compiler then checks where it is used
     */
    default <T> TaskOutput<T> output(Class<T> type) {
        return TaskOutput.of(id(), type);
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

        /**
         * Sets by how much the pause grows with each try; more than 1. Airflow before 3.2 knows only 2.
         */
        B retryBackoff(double factor);

        /** Sets the longest pause before a try. */
        B maxRetryDelay(Duration delay);

        /** Sets the pool whose slots the task takes; it must exist in Airflow. */
        B pool(String pool);

        /** Sets how many slots of its pool the task takes; at least 1. */
        B poolSlots(int slots);

        /** Sets the weight that decides who runs first when slots are rare. */
        B priorityWeight(int weight);

        /** Sets the queue of workers. */
        B queue(String queue);

        /** Sets the executor, by its name in Airflow's configuration. */
        B executor(String executor);

        /** Sets how many instances of the task may run at once over all runs; at least 1. */
        B maxActive(int instances);

        /** Sets how many instances of the task may run at once in one run, where it is mapped; at least 1. */
        B maxActivePerRun(int instances);

        /** Sets whether the task waits until it succeeded in the run before. */
        B dependsOnPast(boolean dependsOnPast);

        /** Sets whether it makes something ready or takes it away again. */
        B role(TaskRole role);

        /** Makes it a task that makes something ready, which a teardown takes away again. */
        default B setup() {
            return role(TaskRole.SETUP);
        }

        /** Replaces the tasks whose work this one takes away. */
        B tearsDown(Iterable<String> setups);

        /**
         * Makes it a task that takes away what others made ready: it runs after the tasks between them whatever became of those, and its own
         * failure does not fail the run.
         */
        default B teardownOf(String... setups) {
            role(TaskRole.TEARDOWN);
            return tearsDown(List.of(setups));
        }

        /** Replaces the assets that the task updates when it succeeds. */
        B outlets(Iterable<? extends AssetOutlet> outlets);

        /** Adds assets that the task updates when it succeeds. */
        B addOutlets(AssetOutlet... outlets);

        /** Replaces the assets that the task reads. */
        B inlets(Iterable<? extends AssetOutlet> inlets);

        /** Adds assets that the task reads, for Airflow's graph of assets. */
        B addInlets(AssetOutlet... inlets);

        /** Replaces what Airflow does after which exception. */
        B retryRules(Iterable<? extends RetryRule> rules);

        /** Adds what Airflow does after which exception (Airflow 3.3 and newer); the first that fits counts. */
        B addRetryRules(RetryRule... rules);

        /** Adds what Airflow does when a try starts. */
        B addOnExecute(Callback... callbacks);

        /** Adds what Airflow does when the task has failed and no try is left. */
        B addOnFailure(Callback... callbacks);

        /** Adds what Airflow does when a try failed and another follows. */
        B addOnRetry(Callback... callbacks);

        /** Adds what Airflow does when the task has succeeded. */
        B addOnSuccess(Callback... callbacks);

        /** Maps the task: at run time it becomes one instance for each element. */
        B mapping(Mapping mapping);

        /** Sets what Airflow's pages say about the task, in Markdown. */
        B doc(String markdown);
    }
}
