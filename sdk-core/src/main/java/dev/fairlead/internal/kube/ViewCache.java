package dev.fairlead.internal.kube;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The objects of a view, found by name and by the labels that were asked for. Not thread-safe. */
final class ViewCache {
    private final Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, Map<String, Object>>>> byLabel = new HashMap<>();

    /** What became of an object; {@code now} is {@code null} when it is gone. */
    record Change(
            @Nullable Map<String, Object> before, @Nullable Map<String, Object> now) {}

    private static String key(Map<String, Object> object) {
        Map<String, Object> metadata = KubeCalls.metadata(object);
        return metadata.getOrDefault("namespace", "") + "/" + metadata.get("name");
    }

    Optional<Map<String, Object>> find(String namespace, String name) {
        return Optional.ofNullable(objects.get(namespace + "/" + name));
    }

    List<Map<String, Object>> all() {
        return List.copyOf(objects.values());
    }

    List<Map<String, Object>> labelled(String label, String value) {
        Map<String, Map<String, Map<String, Object>>> index = byLabel.get(label);
        if (index == null) {
            index = new HashMap<>();
            byLabel.put(label, index);
            objects.forEach((key, object) -> enter(label, key, object));
        }
        return List.copyOf(index.getOrDefault(value, Map.of()).values());
    }

    private void enter(String label, String key, Map<String, Object> object) {
        String value = value(label, object);
        if (value != null) {
            Objects.requireNonNull(byLabel.get(label))
                    .computeIfAbsent(value, any -> new LinkedHashMap<>())
                    .put(key, object);
        }
    }

    private static @Nullable String value(String label, Map<String, Object> object) {
        Map<String, Object> labels =
                KubeCalls.asObject(KubeCalls.metadata(object).get("labels"));
        return KubeCalls.text(labels.get(label));
    }

    /** Takes in an object as it is now; empty where that is known already. */
    Optional<Change> put(Map<String, Object> object) {
        Map<String, Object> slim = withoutManagedFields(object);
        String key = key(slim);
        Map<String, Object> before = objects.get(key);
        if (before != null && isSame(before, slim)) {
            return Optional.empty();
        }
        forget(key, before);
        objects.put(key, slim);
        byLabel.keySet().forEach(label -> enter(label, key, slim));
        return Optional.of(new Change(before, slim));
    }

    private static boolean isSame(Map<String, Object> one, Map<String, Object> other) {
        Object version = KubeCalls.metadata(one).get("resourceVersion");
        return version != null && version.equals(KubeCalls.metadata(other).get("resourceVersion"));
    }

    /** They are as large as the rest, and nobody who follows wants them. */
    private static Map<String, Object> withoutManagedFields(Map<String, Object> object) {
        Map<String, Object> slim = new LinkedHashMap<>(object);
        Map<String, Object> metadata = new LinkedHashMap<>(KubeCalls.metadata(object));
        metadata.remove("managedFields");
        slim.put("metadata", metadata);
        return slim;
    }

    Optional<Change> remove(Map<String, Object> object) {
        String key = key(object);
        Map<String, Object> before = objects.remove(key);
        forget(key, before);
        return before == null ? Optional.empty() : Optional.of(new Change(before, null));
    }

    private void forget(String key, @Nullable Map<String, Object> before) {
        if (before != null) {
            byLabel.forEach((label, index) -> {
                String value = value(label, before);
                Map<String, Map<String, Object>> same = value == null ? null : index.get(value);
                if (same != null && same.remove(key) != null && same.isEmpty()) {
                    index.remove(value);
                }
            });
        }
    }

    /** Takes in all there is; an object deleted and made anew meanwhile counts as both. */
    List<Change> replace(List<Map<String, Object>> present) {
        Map<String, Map<String, Object>> now = new HashMap<>();
        present.forEach(object -> now.put(key(object), object));
        List<Change> changes = new ArrayList<>();
        for (Map<String, Object> known : all()) {
            Map<String, Object> same = now.get(key(known));
            if (same == null || !Objects.equals(uid(same), uid(known))) {
                remove(known).ifPresent(changes::add);
            }
        }
        present.forEach(object -> put(object).ifPresent(changes::add));
        return changes;
    }

    private static @Nullable Object uid(Map<String, Object> object) {
        return KubeCalls.metadata(object).get("uid");
    }
}
