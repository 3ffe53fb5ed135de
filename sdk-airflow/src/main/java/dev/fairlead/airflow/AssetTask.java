package dev.fairlead.airflow;

/**
 * Is a task that writes or reads an asset.
 *
 * @param dagId the DAG
 * @param taskId the task
 */
public record AssetTask(String dagId, String taskId) {}
