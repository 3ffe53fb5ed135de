package dev.fairlead.airflow;

import dev.fairlead.airflow.admin.BulkResult;
import java.util.List;

/**
 * Changes many runs of a DAG, or many tasks of a run, with one call each. Immutable and thread-safe.
 *
 * <p>What changes many at once and could not change some of them throws {@link dev.fairlead.airflow.admin.BulkException}, which tells which were
 * changed; a run or task that is missing keeps the others of the call from being changed. Needs Airflow 3.3, for tasks 3.1.
 */
public interface ManyRuns {
    /**
     * Marks runs as {@code SUCCESS} or {@code FAILED}, their unfinished tasks too; or as {@code QUEUED}, to be looked at again.
     *
     * @return the ids of the runs, as {@code updated}
     * @throws dev.fairlead.error.InvalidValueException for another state
     */
    BulkResult mark(DagRunState state, String... runIds);

    /**
     * Deletes runs with their logs; none that is running.
     *
     * @return the ids of the runs, as {@code deleted}
     */
    BulkResult delete(String... runIds);

    /** Lets all tasks of runs run again, and returns the runs. */
    List<DagRun> clear(String... runIds);

    /** Tells which tasks {@link #clear} would let run again, as they are now, and changes nothing. */
    List<TaskInstance> preview(String... runIds);

    /** Lets all tasks of the runs of a partition of assets run again, and returns the runs. */
    List<DagRun> clearPartition(String partitionKey);

    /** Tells which tasks {@link #clearPartition} would let run again, as they are now, and changes nothing. */
    List<TaskInstance> previewPartition(String partitionKey);

    /** Takes the partition from the runs of it, so that another run may be made for it. Returns how many runs these were. */
    int forgetPartition(String partitionKey);

    /**
     * Marks tasks of a run as {@code SUCCESS}, {@code FAILED} or {@code SKIPPED}; a mapped task with all its instances.
     *
     * @return the ids of the tasks, as {@code updated}; {@code score[3]} is one that a task is mapped to
     * @throws dev.fairlead.error.InvalidValueException for another state
     */
    BulkResult markTasks(String runId, TaskState state, String... taskIds);

    /**
     * Lets the server forget tasks of a run; a mapped task with all its instances.
     *
     * @return the ids of the tasks, as {@code deleted}
     */
    BulkResult deleteTasks(String runId, String... taskIds);
}
