package dev.fairlead.mlflow.internal.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tag or parameter. */
public record KeyValue(String key, @Nullable String value) {
    /** Makes a list of a map. */
    public static List<KeyValue> list(Map<String, String> map) {
        return map.entrySet().stream()
                .map(e -> new KeyValue(e.getKey(), e.getValue()))
                .toList();
    }

    /** Makes a map of a list, in its order; absent values are empty. */
    public static Map<String, String> map(@Nullable List<KeyValue> list) {
        Map<String, String> map = new LinkedHashMap<>();
        if (list != null) {
            list.forEach(e -> map.put(e.key(), e.value() == null ? "" : e.value()));
        }
        return map;
    }
}
