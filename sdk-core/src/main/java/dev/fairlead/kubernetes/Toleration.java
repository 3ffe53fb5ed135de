package dev.fairlead.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets a pod be placed on nodes that keep others away by a taint.
 *
 * @param key the taint's key; empty with {@code Exists} means every taint
 * @param operator {@code Exists} or {@code Equal}
 * @param value the taint's value; empty with {@code Exists}
 * @param effect {@code NoSchedule}, {@code PreferNoSchedule} or {@code NoExecute}; empty means each of them
 */
public record Toleration(String key, String operator, String value, String effect) {
    /** Tolerates the key with any value and effect. */
    public static Toleration exists(String key) {
        return new Toleration(key, "Exists", "", "");
    }

    /** Tolerates the key with this value and effect; an empty effect means each. */
    public static Toleration equal(String key, String value, String effect) {
        return new Toleration(key, "Equal", value, effect);
    }

    /** Returns the toleration as it stands in a pod. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "key", key);
        put(tree, "operator", operator);
        put(tree, "value", value);
        put(tree, "effect", effect);
        return tree;
    }

    private static void put(Map<String, Object> tree, String field, String text) {
        if (!text.isEmpty()) {
            tree.put(field, text);
        }
    }
}
