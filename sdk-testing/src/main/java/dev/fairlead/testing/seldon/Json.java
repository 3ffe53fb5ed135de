package dev.fairlead.testing.seldon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Handles JSON trees. */
final class Json {
    private Json() {}

    static Map<String, Object> of(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    /** Copies an object so that it can be changed. */
    static Map<String, Object> copy(Map<?, ?> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), copyOf(value));
            }
        });
        return copy;
    }

    private static Object copyOf(Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.stream().filter(e -> e != null).forEach(e -> copy.add(copyOf(e)));
            return copy;
        }
        return value;
    }

    /** Returns the object at a path; empty, and no part of the tree, where there is none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> at(@Nullable Map<String, Object> tree, String... path) {
        Object here = tree;
        for (String name : path) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here instanceof Map<?, ?> ? (Map<String, Object>) here : new LinkedHashMap<>();
    }

    /** Returns the object at a field, made where there is none. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> make(Map<String, Object> tree, String field) {
        return (Map<String, Object>) tree.computeIfAbsent(field, f -> new LinkedHashMap<String, Object>());
    }

    /** Returns the list at a field, made where there is none. */
    @SuppressWarnings("unchecked")
    static List<Object> list(Map<String, Object> tree, String field) {
        return (List<Object>) tree.computeIfAbsent(field, f -> new ArrayList<>());
    }

    /** Returns the objects of the list at a field; changing one changes the tree. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Map<String, Object> tree, String field) {
        List<Map<String, Object>> objects = new ArrayList<>();
        if (tree.get(field) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?>) {
                    objects.add((Map<String, Object>) element);
                }
            }
        }
        return objects;
    }

    static String text(Map<String, Object> tree, String field) {
        Object value = tree.get(field);
        return value == null ? "" : String.valueOf(value);
    }

    static int number(Map<String, Object> tree, String field, int otherwise) {
        return tree.get(field) instanceof Number number ? number.intValue() : otherwise;
    }

    static String name(Map<String, Object> object) {
        return text(at(object, "metadata"), "name");
    }

    static String namespace(Map<String, Object> object) {
        return text(at(object, "metadata"), "namespace");
    }
}
