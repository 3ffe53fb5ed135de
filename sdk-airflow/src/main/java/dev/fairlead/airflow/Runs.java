package dev.fairlead.airflow;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts, follows and reads runs of DAGs. Immutable and thread-safe. */
public interface Runs {
    /** Starts a run with an id that the client chooses; see {@link #trigger(String, Consumer)}. */
    default Operation<DagRun> trigger(String dagId) {
        return trigger(dagId, request -> {});
    }

    /**
     * Starts a run, or takes up the one that has this run id already: the id is the caller's key, so that neither a repeated call nor a lost
     * answer makes a second run.
     *
     * <p>The operation ends with the run; when the run fails, with {@link DagRunFailedException}, which names the task and holds its last log
     * lines. A paused DAG accepts the run and lets it wait.
     *
     * @throws DagRunConflictException if the run id is taken by a run with another configuration or logical date
     * @throws LogicalDateConflictException if another run has the logical date
     * @throws DagImportException if the server cannot import the DAG's file
     * @throws dev.fairlead.error.NotFoundException if the server knows no such DAG; deploy it and await that
     */
    Operation<DagRun> trigger(String dagId, Consumer<TriggerRequest.Builder> request);

    /** Takes up a run again by its operation id, in this or another process. */
    Operation<DagRun> operation(String operationId);

    /** Takes up a run again. */
    default Operation<DagRun> operation(String dagId, String runId) {
        return operation(dagId + "/" + runId);
    }

    /**
     * Reads a run.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    DagRun get(String dagId, String runId);

    /** Reads a run, if there is one. */
    Optional<DagRun> find(String dagId, String runId);

    /** Lists the runs of a DAG in these states, or in any; the latest first. */
    PagedIterable<DagRun> list(String dagId, DagRunState... states);

    /** Lists the tasks of a run as they are now. */
    PagedIterable<TaskInstance> tasks(String dagId, String runId);

    /** Lists the tries of a task of a run, oldest first. */
    List<TaskInstance> tries(String dagId, String runId, String taskId);

    /** Reads the logs of a task of a run, one for each try, oldest first. */
    List<TaskLog> logs(String dagId, String runId, String taskId);

    /** Reads the log of one try, counted from 1. */
    TaskLog log(String dagId, String runId, String taskId, int tryNumber);

    /** Reads what a task returned, as JSON tree, fractions as {@link java.math.BigDecimal}; empty where it returned nothing. */
    Optional<Object> output(String dagId, String runId, String taskId);

    /** Ends a run that has not ended as failed, and stops its running tasks. */
    DagRun cancel(String dagId, String runId);

    /** Deletes a run with its logs. */
    void delete(String dagId, String runId);
}
