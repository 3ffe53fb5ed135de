package dev.fairlead.airflow;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.dag.Dag;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
     * @throws InvalidParamException if a parameter of the DAG does not allow its value
     * @throws DagRunConflictException if the run id is taken by a run with another configuration or logical date
     * @throws LogicalDateConflictException if another run has the logical date
     * @throws DagImportException if the server cannot import the DAG's file
     * @throws dev.fairlead.error.NotFoundException if the server knows no such DAG; deploy it and await that
     */
    Operation<DagRun> trigger(String dagId, Consumer<TriggerRequest.Builder> request);

    /**
     * Starts a run of a DAG as {@link #trigger(String, Consumer)} does, once its configuration was checked by what the parameters of the DAG may be.
     *
     * @throws dev.fairlead.error.InvalidValueException that names each parameter that the DAG forbids; nothing is sent then
     */
    default Operation<DagRun> trigger(Dag dag, Consumer<TriggerRequest.Builder> request) {
        return trigger(dag.id(), builder -> {
            request.accept(builder);
            dag.checkConf(builder.build().conf());
        });
    }

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

    /**
     * Reads a task of a run that is not mapped.
     *
     * @throws dev.fairlead.error.NotFoundException if the run has no such task, or it is mapped
     */
    default TaskInstance task(String dagId, String runId, String taskId) {
        return task(dagId, runId, taskId, -1);
    }

    /** Reads one instance of a mapped task, counted from 0; -1 for a task that is not mapped. */
    TaskInstance task(String dagId, String runId, String taskId, int mapIndex);

    /** Lists the tries of a task of a run, oldest first. */
    default List<TaskInstance> tries(String dagId, String runId, String taskId) {
        return tries(dagId, runId, taskId, -1);
    }

    /** Lists the tries of one instance of a mapped task, oldest first. */
    List<TaskInstance> tries(String dagId, String runId, String taskId, int mapIndex);

    /** Reads the logs of a task of a run, one for each try, oldest first. */
    default List<TaskLog> logs(String dagId, String runId, String taskId) {
        return logs(dagId, runId, taskId, -1);
    }

    /** Reads the logs of one instance of a mapped task, one for each try, oldest first. */
    List<TaskLog> logs(String dagId, String runId, String taskId, int mapIndex);

    /** Reads the log of one try, counted from 1. */
    default TaskLog log(String dagId, String runId, String taskId, int tryNumber) {
        return log(dagId, runId, taskId, -1, tryNumber);
    }

    /** Reads the log of one try of one instance of a mapped task. */
    TaskLog log(String dagId, String runId, String taskId, int mapIndex, int tryNumber);

    /**
     * Follows the log of a task while it runs: each line once and in order, through all its tries, and of a mapped task through all its
     * instances side by side. Waiting on the operation reads the log and calls the listener, on the waiting thread; the operation ends when the
     * task has ended, well or not, with the last of its instances. A server that restarts is waited for. Holds one line at a time.
     *
     * <pre>{@code
     * airflow.runs().followLog("flights", "2025-01-05", "train", line -> System.out.println(line.text())).await(Duration.ofHours(1));
     * }</pre>
     */
    Operation<TaskInstance> followLog(String dagId, String runId, String taskId, Consumer<TaskLogLine> listener);

    /**
     * Reads what a task returned, as JSON tree, fractions as {@link java.math.BigDecimal}; empty where it returned nothing. Of a mapped task use
     * {@link #mappedOutput(String, String, String)}.
     */
    Optional<Object> output(String dagId, String runId, String taskId);

    /**
     * Reads what a task returned, as a record or any other type JSON can be read as.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is of another form; the message names the run, the task and the place
     */
    <T> Optional<T> output(String dagId, String runId, String taskId, Class<T> type);

    /** Reads what one instance of a mapped task returned. */
    <T> Optional<T> output(String dagId, String runId, String taskId, int mapIndex, Class<T> type);

    /** Reads what the instances of a mapped task returned, by their numbers; those that returned nothing are left out. */
    SortedMap<Integer, Object> mappedOutput(String dagId, String runId, String taskId);

    /** Reads what all tasks of a run returned, by their ids: as JSON trees, of a mapped task the list of its instances'. */
    SortedMap<String, Object> outputs(String dagId, String runId);

    /** Ends a run that has not ended as failed, and stops its running tasks. */
    DagRun cancel(String dagId, String runId);

    /**
     * Lets what failed in a run, and what was not run because of that, run again, and takes the run up.
     *
     * @throws dev.fairlead.error.NotFoundException if there is no such run
     */
    default Operation<DagRun> retryFailed(String dagId, String runId) {
        return clear(dagId, runId, clear -> clear.onlyFailed(true));
    }

    /**
     * Lets tasks of a run run again, and takes the run up. Running ones are stopped first.
     *
     * @throws dev.fairlead.error.UnsupportedByServerException if single instances of a mapped task are named and the server is an Airflow 2
     */
    Operation<DagRun> clear(String dagId, String runId, Consumer<ClearRequest.Builder> request);

    /** Tells which tasks {@link #clear} would let run again, as they are now; changes nothing. */
    List<TaskInstance> preview(String dagId, String runId, Consumer<ClearRequest.Builder> request);

    /**
     * Marks a run as {@code SUCCESS} or {@code FAILED}, its unfinished tasks too; or as {@code QUEUED}, to be looked at again.
     *
     * @throws dev.fairlead.error.InvalidValueException for another state
     */
    DagRun mark(String dagId, String runId, DagRunState state);

    /**
     * Marks a task of a run as {@code SUCCESS}, {@code FAILED} or {@code SKIPPED}.
     *
     * @throws dev.fairlead.error.InvalidValueException for another state
     */
    default TaskInstance markTask(String dagId, String runId, String taskId, TaskState state) {
        return markTask(dagId, runId, taskId, -1, state);
    }

    /** Marks one instance of a mapped task. */
    TaskInstance markTask(String dagId, String runId, String taskId, int mapIndex, TaskState state);

    /** Notes something on a run, in place of what was noted before; at most 1000 characters. */
    DagRun note(String dagId, String runId, String note);

    /** Notes something on a task of a run, in place of what was noted before; at most 1000 characters. */
    TaskInstance noteTask(String dagId, String runId, String taskId, String note);

    /**
     * Tells which tasks {@link #markTask} would change, as they are now, and changes nothing.
     *
     * @param mapIndex which of the tasks that the task is mapped to; -1 for a task that is not mapped
     */
    List<TaskInstance> previewMark(String dagId, String runId, String taskId, int mapIndex, TaskState state);

    /**
     * Marks all tasks of a group of a run as {@code SUCCESS}, {@code FAILED} or {@code SKIPPED}. Needs Airflow 3.3.
     *
     * @return the tasks that were changed
     * @throws dev.fairlead.error.InvalidValueException for another state
     */
    List<TaskInstance> markGroup(String dagId, String runId, String groupId, TaskState state);

    /** Tells which tasks {@link #markGroup} would change, as they are now, and changes nothing. Needs Airflow 3.3. */
    List<TaskInstance> previewMarkGroup(String dagId, String runId, String groupId, TaskState state);

    /**
     * Reads one try of a task of a run.
     *
     * @param mapIndex which of the tasks that the task is mapped to; -1 for a task that is not mapped
     * @param tryNumber the try, counted from 1
     * @throws dev.fairlead.error.NotFoundException if there was none
     */
    TaskInstance attempt(String dagId, String runId, String taskId, int mapIndex, int tryNumber);

    /** Finds tasks in the runs of any DAGs. */
    PagedIterable<TaskInstance> findTasks(Consumer<TaskQuery.Builder> query);

    /**
     * Lets the tasks of a run run that its DAG has got since, leaves those that it had, and takes the run up. Needs Airflow 3.2.
     *
     * @throws dev.fairlead.error.NotFoundException if there is no such run
     */
    Operation<DagRun> runNewTasks(String dagId, String runId);

    /** Lets the server forget a task of a run, such as one that the DAG no longer has. Returns whether it was there. Needs Airflow 3.1. */
    default boolean deleteTask(String dagId, String runId, String taskId) {
        return deleteTask(dagId, runId, taskId, -1);
    }

    /** Lets the server forget one of the tasks that a task of a run is mapped to. Returns whether it was there. Needs Airflow 3.1. */
    boolean deleteTask(String dagId, String runId, String taskId, int mapIndex);

    /** Returns the calls that change many runs of a DAG, or many tasks of a run, at once. */
    ManyRuns many(String dagId);

    /** Deletes a run with its logs. Airflow 3 refuses it for one that is running. */
    void delete(String dagId, String runId);
}
