package dev.fairlead.airflow.internal;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what tasks returned.
 *
 * @param server the server
 */
record Outputs(RunApi server) {
    private static final JsonCodec JSON = JsonCodec.camelCase();

    <T> Optional<T> typed(TaskKey task, Class<T> type) {
        return server.output(task).map(tree -> read(task, tree, type));
    }

    private static <T> T read(TaskKey task, Object tree, Class<T> type) {
        try {
            return JSON.convert(tree, type, "what task " + task + " returned");
        } catch (InvalidResponseException e) {
            throw new InvalidResponseException(
                    e.getMessage() + "; it is " + kind(tree) + ", read as " + type.getSimpleName()
                            + ": change the type, or what the task returns",
                    e);
        }
    }

    private static String kind(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return "an object of " + new TreeSet<>(map.keySet());
        }
        return tree instanceof List<?> ? "a list" : tree instanceof String ? "a text" : "a number or truth value";
    }

    SortedMap<Integer, Object> mapped(String dagId, String runId, String taskId) {
        SortedMap<Integer, Object> all = new TreeMap<>();
        for (TaskKey task : server.returned(dagId, runId)) {
            if (task.taskId().equals(taskId) && task.mapIndex() >= 0) {
                server.output(task).ifPresent(value -> all.put(task.mapIndex(), value));
            }
        }
        return all;
    }

    SortedMap<String, Object> all(String dagId, String runId) {
        SortedMap<String, SortedMap<Integer, Object>> byTask = new TreeMap<>();
        for (TaskKey task : server.returned(dagId, runId)) {
            server.output(task)
                    .ifPresent(value -> byTask.computeIfAbsent(task.taskId(), id -> new TreeMap<>())
                            .put(task.mapIndex(), value));
        }
        SortedMap<String, Object> all = new TreeMap<>();
        byTask.forEach((task, values) -> all.put(
                task, values.firstKey() < 0 ? values.get(values.firstKey()) : new ArrayList<>(values.values())));
        return all;
    }
}
