package dev.fairlead.testing.internal.mlflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One request to a table: its fields, and what the server adds to it by itself. The same request with the same additions always ends in the
 * same state, which is how a fake remembers across processes.
 *
 * @param fields what was sent
 * @param now the server's time in milliseconds
 * @param ids makes ids
 */
record Request(Map<String, Object> fields, long now, Supplier<String> ids) {
    /** Returns a text that must be there. */
    String text(String name) {
        return optional(name).orElseThrow(() -> Refusal.missingParameter(name));
    }

    /** Returns a text, unless it is absent or empty. */
    Optional<String> optional(String name) {
        Object value = fields.get(name);
        return Optional.ofNullable(value instanceof List<?> list && !list.isEmpty() ? list.get(0) : value)
                .map(String::valueOf)
                .filter(t -> !t.isEmpty());
    }

    /** Returns a whole number; a fraction or another kind counts as absent, as the server's parser swallows it. */
    Optional<Long> number(String name) {
        return optional(name).flatMap(Request::whole);
    }

    static Optional<Long> whole(Object value) {
        try {
            return Optional.of(Long.valueOf(String.valueOf(value)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns a list of texts. */
    List<String> texts(String name) {
        Object value = fields.get(name);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }

    /** Returns a list of objects. */
    List<Map<String, Object>> objects(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(Request::object)
                        .toList()
                : List.of();
    }

    private static Map<String, Object> object(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((k, v) -> {
            if (v != null) {
                copy.put(String.valueOf(k), v);
            }
        });
        return copy;
    }

    /** Returns key-value pairs; of two with one key the last counts. */
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        objects(name)
                .forEach(p -> pairs.put(
                        String.valueOf(p.getOrDefault("key", "")), String.valueOf(p.getOrDefault("value", ""))));
        return pairs;
    }

    /** Returns the page size within its limits. */
    int maxResults(int fallback, int most) {
        long wanted = number("max_results").orElse((long) fallback);
        if (wanted < 1) {
            throw Refusal.invalid(
                    "Invalid value " + wanted + " for parameter 'max_results' supplied. It must be a positive integer");
        }
        if (wanted > most) {
            throw Refusal.invalid(
                    "Invalid value " + wanted + " for parameter 'max_results' supplied. It must be at most " + most
                            + ", but got value " + wanted);
        }
        return (int) wanted;
    }
}
