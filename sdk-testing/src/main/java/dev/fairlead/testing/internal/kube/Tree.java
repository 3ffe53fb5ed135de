package dev.fairlead.testing.internal.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Handles JSON trees. */
final class Tree {
    private Tree() {}

    static Map<String, Object> copy(Map<?, ?> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), Objects.requireNonNull(copyOf(value)));
            }
        });
        return copy;
    }

    static @Nullable Object copyOf(@Nullable Object value) {
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

    /** Returns the object at a field; empty, and not part of the tree, if absent. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Map<String, Object> tree, String field) {
        return tree.get(field) instanceof Map<?, ?> map ? (Map<String, Object>) map : new LinkedHashMap<>();
    }

    /** Returns the object at a field, made if absent. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> make(Map<String, Object> tree, String field) {
        if (!(tree.get(field) instanceof Map<?, ?>)) {
            tree.put(field, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) Objects.requireNonNull(tree.get(field));
    }

    static String text(Map<String, Object> tree, String field) {
        Object value = tree.get(field);
        return value == null ? "" : String.valueOf(value);
    }

    /** Returns the value at dotted fields, such as {@code status.phase}, as text; empty if absent. */
    static String at(Map<String, Object> tree, String dotted) {
        Object value = tree;
        for (String field : dotted.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(field) : null;
        }
        return value == null ? "" : String.valueOf(value);
    }

    static Map<String, Object> of(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    /** Compares trees as JSON: numbers by value. */
    static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return new java.math.BigDecimal(x.toString()).compareTo(new java.math.BigDecimal(y.toString())) == 0;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.keySet().equals(y.keySet()) && x.keySet().stream().allMatch(k -> same(x.get(k), y.get(k)));
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            if (x.size() != y.size()) {
                return false;
            }
            for (int i = 0; i < x.size(); i++) {
                if (!same(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(a, b);
    }

    /** Changes a tree by JSON merge patch. */
    static void mergePatch(Map<String, Object> tree, Map<?, ?> patch) {
        patch.forEach((key, value) -> {
            String field = String.valueOf(key);
            if (value == null) {
                tree.remove(field);
            } else if (value instanceof Map<?, ?> inner) {
                mergePatch(make(tree, field), inner);
            } else {
                tree.put(field, Objects.requireNonNull(copyOf(value)));
            }
        });
    }
}
