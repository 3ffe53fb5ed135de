package dev.fairlead.airflow;

/** Reads and writes what tasks keep from one try or run to the next. Needs Airflow 3.3. Immutable and thread-safe. */
public interface StateStores {
    /** Returns what is kept at an asset. */
    StateStore of(AssetInfo asset);

    /** Returns what is kept at a task of a run. */
    default StateStore.OfTask of(String dagId, String runId, String taskId) {
        return of(dagId, runId, taskId, -1);
    }

    /** Returns what is kept at one of the tasks that a task of a run is mapped to. */
    StateStore.OfTask of(String dagId, String runId, String taskId, int mapIndex);
}
