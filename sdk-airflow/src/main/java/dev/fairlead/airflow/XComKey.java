package dev.fairlead.airflow;

/**
 * Names an output of a task of a run.
 *
 * @param dagId the DAG
 * @param runId the run
 * @param taskId the task
 * @param mapIndex its number where one task is mapped to many, -1 otherwise
 * @param key the key; what a task returns is {@link #RETURN_VALUE}
 */
public record XComKey(String dagId, String runId, String taskId, int mapIndex, String key) {
    /** Is the key of what a task returns. */
    public static final String RETURN_VALUE = "return_value";

    /** Names an output of a task that is not mapped. */
    public static XComKey of(String dagId, String runId, String taskId, String key) {
        return new XComKey(dagId, runId, taskId, -1, key);
    }

    /** Names the output of the same key of one of the tasks that a task is mapped to. */
    public XComKey mapped(int index) {
        return new XComKey(dagId, runId, taskId, index, key);
    }
}
