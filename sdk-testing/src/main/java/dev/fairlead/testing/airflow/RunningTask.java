package dev.fairlead.testing.airflow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Is a task that the fake starts.
 *
 * @param dagId the DAG
 * @param runId the run
 * @param taskId the task
 * @param tryNumber the try, counted from 1
 * @param operator the operator, such as {@code KubernetesPodOperator}
 * @param conf the run's configuration
 * @param pod the pod of a pod task, with {@code apiVersion}, {@code kind}, {@code metadata} and {@code spec}; empty for other tasks
 */
public record RunningTask(
        String dagId,
        String runId,
        String taskId,
        int tryNumber,
        String operator,
        Map<String, Object> conf,
        Map<String, Object> pod) {
    /** Returns the labels by which Airflow marks the pods it starts. */
    public Map<String, String> podLabels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("dag_id", dagId);
        labels.put("run_id", runId.replaceAll("[^A-Za-z0-9_.-]", "").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", ""));
        labels.put("task_id", taskId);
        labels.put("try_number", String.valueOf(tryNumber));
        labels.put("kubernetes_pod_operator", "True");
        return labels;
    }
}
