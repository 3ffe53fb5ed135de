package dev.fairlead.airflow.internal;

/**
 * Names a task of a run.
 *
 * @param dagId the DAG
 * @param runId the run
 * @param taskId the task
 * @param mapIndex the number where one task is mapped to many, -1 otherwise
 */
public record TaskKey(String dagId, String runId, String taskId, int mapIndex) {
    @Override
    public String toString() {
        return dagId + "/" + runId + "/" + taskId + (mapIndex < 0 ? "" : "[" + mapIndex + "]");
    }
}
