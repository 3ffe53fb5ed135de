package dev.fairlead.kubernetes;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Handles JSON trees. */
final class Trees {
    private Trees() {}

    /** Returns a map of two entries that may be changed. */
    static Map<String, Object> of(String key, Object value, String key2, Object value2) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(key2, value2);
        return map;
    }

    /** Returns the object at a field, made if absent. */
    static Map<String, Object> map(Map<String, Object> parent, String field) {
        return asMap(parent.computeIfAbsent(field, f -> new LinkedHashMap<String, Object>()), field);
    }

    /** Returns the list at a field, made if absent. */
    @SuppressWarnings("unchecked")
    static List<Object> list(Map<String, Object> parent, String field) {
        Object list = parent.computeIfAbsent(field, f -> new ArrayList<>());
        if (list instanceof List<?>) {
            return (List<Object>) list;
        }
        throw wrong(field, "must be a list", list);
    }

    /** Returns the objects of the list at a field; empty if absent. */
    static List<Map<String, Object>> objects(Map<String, Object> parent, String field) {
        List<Map<String, Object>> objects = new ArrayList<>();
        if (parent.get(field) instanceof List<?> list) {
            for (Object element : list) {
                objects.add(asMap(element, field));
            }
        }
        return objects;
    }

    /** Returns the object in a list whose name is this. */
    static Optional<Map<String, Object>> named(Map<String, Object> parent, String field, String name) {
        return objects(parent, field).stream()
                .filter(o -> name.equals(o.get("name")))
                .findFirst();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asMap(@Nullable Object value, String field) {
        if (value instanceof Map<?, ?>) {
            return (Map<String, Object>) value;
        }
        throw wrong(field, "must be an object", value);
    }

    private static InvalidValueException wrong(String field, String rule, @Nullable Object value) {
        return new InvalidValueException("PodTemplate", List.of(new Problem(field, rule, String.valueOf(value))));
    }

    /** Copies a tree so that it can be changed. */
    static Map<String, Object> copy(Map<?, ?> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> put(copy, String.valueOf(key), copyOf(value)));
        return copy;
    }

    @SuppressWarnings("NullAway") // JSON null stands in trees as it came
    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        map.put(key, value);
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOf(element)));
            return copy;
        }
        return value;
    }

    /** Returns text entries of the object at a field, unmodifiable. */
    static Map<String, String> texts(Map<String, Object> parent, String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (parent.get(field) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return Collections.unmodifiableMap(texts);
    }

    /** Returns the text elements of the list at a field, unmodifiable. */
    static List<String> words(Map<String, Object> parent, String field) {
        if (parent.get(field) instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return List.of();
    }

    /** Returns the text at a field. */
    static Optional<String> text(Map<String, Object> parent, String field) {
        return parent.get(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Replaces the object of the same name in a list, or adds it. */
    static void putNamed(List<Object> list, Map<String, Object> object) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> other
                    && String.valueOf(object.get("name")).equals(other.get("name"))) {
                list.set(i, object);
                return;
            }
        }
        list.add(object);
    }

    /** Copies any value of a tree so that it can be changed. */
    static Object mutable(Object value) {
        return Objects.requireNonNull(copyOf(value));
    }
}
