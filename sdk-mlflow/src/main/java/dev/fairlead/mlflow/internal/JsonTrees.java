package dev.fairlead.mlflow.internal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads trees as callers want them: fractions are doubles, and maps hold no nulls. */
public final class JsonTrees {
    private JsonTrees() {}

    /** Copies a tree. */
    public static @Nullable Object plain(@Nullable Object tree) {
        if (tree instanceof BigDecimal number) {
            return number.doubleValue();
        }
        if (tree instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(plain(each)));
            return copy;
        }
        return tree instanceof Map<?, ?> map ? object(map) : tree;
    }

    /** Copies an object. */
    public static Map<String, Object> object(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            Object inner = plain(value);
            if (inner != null) {
                copy.put(String.valueOf(key), inner);
            }
        });
        return copy;
    }

    /** Reads an object that travels as text. */
    public static Map<String, Object> parsed(@Nullable String json, String what) {
        return json == null || json.isEmpty()
                ? Map.of()
                : object(Api.JSON.object(json.getBytes(StandardCharsets.UTF_8), what));
    }

    /** Reads any tree that travels as text. */
    public static @Nullable Object value(String json, String what) {
        return plain(Api.JSON.tree(json.getBytes(StandardCharsets.UTF_8), what));
    }

    /** Makes texts of an object's values. */
    public static Map<String, String> texts(Map<String, Object> tree) {
        Map<String, String> texts = new LinkedHashMap<>();
        tree.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }
}
