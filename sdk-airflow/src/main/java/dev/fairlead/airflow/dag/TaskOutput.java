package dev.fairlead.airflow.dag;

/**
 * Is what another task of the same DAG returned (its XCom), as text. That task must run before; {@code Dag.build()} checks it.
 *
 * @param taskId the task that returned it
 * @param key its key; {@code return_value} is what a task returns
 */
public record TaskOutput(String taskId, String key) implements Expression {
    /** Names what a task returned. */
    public static TaskOutput of(String taskId) {
        return new TaskOutput(taskId, "return_value");
    }
}
