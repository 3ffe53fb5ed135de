package dev.fairlead.airflow;

import dev.fairlead.PagedIterable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads how the server understood a DAG: its tasks, and what it says of a task of a run beside its state. Immutable and
 * thread-safe.
 */
public interface Catalog {
    /** Lists the tasks of a DAG by id, each with those that run after it. */
    List<DagTask> tasks(String dagId);

    /**
     * Reads a task of a DAG.
     *
     * @throws dev.fairlead.error.NotFoundException if there is none
     */
    DagTask task(String dagId, String taskId);

    /** Lists the tags of all DAGs by name. Needs Airflow 3. */
    PagedIterable<String> tags();

    /** Lists the ids of the user's favourite DAGs. Needs Airflow 3.1. */
    PagedIterable<String> favorites();

    /** Makes a DAG a favourite of the user. Returns whether it was none. Needs Airflow 3.1. */
    boolean favorite(String dagId);

    /** Makes a DAG no favourite of the user. Returns whether it was one. Needs Airflow 3.1. */
    boolean unfavorite(String dagId);

    /** Returns the links that an operator offers for a task of a run, by their names; those it could not make are left out. */
    Map<String, URI> links(String dagId, String runId, String taskId);

    /** Returns where the log of a try is, for a server that keeps logs elsewhere; empty where it does not. Needs Airflow 3.1. */
    Optional<URI> externalLog(String dagId, String runId, String taskId, int tryNumber);

    /** Returns what keeps a task of a run from being started; empty where nothing does, or it has started. */
    List<TaskBlocker> blockers(String dagId, String runId, String taskId);

    /** Returns what keeps one of the tasks that a task of a run is mapped to from being started. */
    List<TaskBlocker> blockers(String dagId, String runId, String taskId, int mapIndex);
}
