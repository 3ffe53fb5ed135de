package dev.fairlead.testing.server;

import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.TaskState;
import java.util.List;
import java.util.Optional;

/**
 * Is what became of a DAG that a {@link DagTester} ran.
 *
 * @param state how the run ended
 * @param tasks its tasks, those that a task was mapped to one by one
 * @param log everything that Airflow and the tasks wrote
 */
public record DagTestRun(DagRunState state, List<Task> tasks, String log) {
    /** Keeps a copy. */
    public DagTestRun {
        tasks = List.copyOf(tasks);
    }

    /**
     * Is a task of the run.
     *
     * @param id its id, those of its groups in front
     * @param mapIndex which of the tasks that the task was mapped to; -1 for one that is not mapped
     * @param state how it ended
     * @param output what it returned, as a JSON tree; empty for nothing
     */
    public record Task(String id, int mapIndex, TaskState state, Optional<Object> output) {}

    /**
     * Returns a task that is not mapped.
     *
     * @throws IllegalArgumentException if the run has none of this id
     */
    public Task task(String id) {
        return tasks.stream()
                .filter(t -> t.id().equals(id) && t.mapIndex() < 0)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the run has no task '" + id + "', but "
                        + tasks.stream().map(Task::id).distinct().toList()));
    }

    /** Returns the tasks that a task was mapped to, in their order. */
    public List<Task> mapped(String id) {
        return tasks.stream()
                .filter(t -> t.id().equals(id) && t.mapIndex() >= 0)
                .toList();
    }
}
