package dev.fairlead.mlflow.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes values out of trees. */
final class Trees {
    private Trees() {}

    /** Copies a tree's object, without its nulls. */
    static Map<String, Object> object(@Nullable Object tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    copy.put(String.valueOf(key), value);
                }
            });
        }
        return copy;
    }

    /** Takes a text out; other kinds are left where they are. */
    static Optional<String> takeText(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof String text
                ? Optional.of(text).filter(t -> tree.remove(key) != null)
                : Optional.empty();
    }

    /** Takes a whole number out. */
    static Optional<Long> takeLong(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof Number number
                ? Optional.of(number.longValue()).filter(n -> tree.remove(key) != null)
                : Optional.empty();
    }

    /** Takes an object out. */
    static Map<String, Object> takeObject(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> ? object(tree.remove(key)) : Map.of();
    }
}
