package dev.fairlead.airflow.dag;

import java.util.List;
import java.util.Map;

/**
 * Is what another task of the same DAG returned (its XCom); that task runs before by itself, no edge is needed. As an argument of Python it
 * arrives as what it was; elsewhere as text.
 *
 * <p>An id is looked for in the group where it is used, then in the group around that, and so on to the DAG.
 *
 * @param taskId the task that returned it
 * @param key its key; {@code return_value} is what a task returns
 * @param <T> what it is, for the compiler alone: nobody checks the task
 */
@SuppressWarnings("UnusedTypeParameter") // the compiler uses it
public record TaskOutput<T>(String taskId, String key) implements Expression {
    /** The key of what a task returns. */
    public static final String RETURN_VALUE = "return_value";

    /** Names what a task returned. */
    public static TaskOutput<Object> of(String taskId) {
        return new TaskOutput<>(taskId, RETURN_VALUE);
    }

    /** Names what a task returned, of this type. */
    public static <T> TaskOutput<T> of(String taskId, Class<T> type) {
        return new TaskOutput<>(taskId, RETURN_VALUE);
    }

    /** Names a list that a task returned; another task can be mapped over it. */
    public static <T> TaskOutput<List<T>> listOf(String taskId, Class<T> elements) {
        return new TaskOutput<>(taskId, RETURN_VALUE);
    }

    /** Names a mapping by text keys that a task returned. */
    public static <T> TaskOutput<Map<String, T>> mapOf(String taskId, Class<T> values) {
        return new TaskOutput<>(taskId, RETURN_VALUE);
    }

    /** Names what the task left under another key. */
    public TaskOutput<Object> key(String other) {
        return new TaskOutput<>(taskId, other);
    }

    @Override
    public String toString() {
        return "output of " + taskId + (key.equals(RETURN_VALUE) ? "" : " [" + key + "]");
    }
}
