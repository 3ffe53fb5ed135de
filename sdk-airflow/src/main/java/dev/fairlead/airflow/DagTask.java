package dev.fairlead.airflow;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is a task as the server parsed it.
 *
 * @param id the id, its groups included
 * @param operator the operator, such as {@code BashOperator}
 * @param module the Python module of the operator
 * @param downstream the ids of the tasks that run after it, sorted
 * @param triggerRule which ends of the tasks before it let it run
 * @param retries how often it is tried again
 * @param retryDelay the pause before it is tried again
 * @param timeout how long one try may take, or {@code null}
 * @param pool the pool whose slots it takes
 * @param poolSlots how many slots it takes
 * @param queue the queue of workers
 * @param priorityWeight the weight that decides who runs first
 * @param mapped whether it is mapped to many
 */
public record DagTask(
        String id,
        String operator,
        String module,
        List<String> downstream,
        String triggerRule,
        int retries,
        Duration retryDelay,
        @Nullable Duration timeout,
        String pool,
        int poolSlots,
        String queue,
        int priorityWeight,
        boolean mapped) {
    /** Sorts and copies the ids. */
    public DagTask {
        downstream = downstream.stream().sorted().toList();
    }

    /** Returns how long one try may take. */
    public Optional<Duration> executionTimeout() {
        return Optional.ofNullable(timeout);
    }
}
