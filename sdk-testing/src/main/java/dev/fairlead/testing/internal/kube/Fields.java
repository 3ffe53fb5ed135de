package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Field ownership as the API server keeps it. A field is a path of elements: {@code f:name} a field, {@code k:{…}} the item of a list with
 * these keys, {@code v:…} the value in a set.
 */
final class Fields {
    private final KindInfo kind;

    Fields(KindInfo kind) {
        this.kind = kind;
    }

    /** Returns the fields that an object sets, without those that name it or that the server keeps. */
    Set<List<String>> of(Map<String, Object> object) {
        Set<List<String>> fields = new LinkedHashSet<>();
        object.forEach((name, value) -> {
            if (!name.equals("apiVersion") && !name.equals("kind") && !name.equals("metadata")) {
                collect(value, List.of("f:" + name), fields);
            }
        });
        Tree.map(object, "metadata").forEach((name, value) -> {
            if (Set.of("labels", "annotations", "finalizers", "ownerReferences").contains(name)) {
                collect(value, List.of("f:metadata", "f:" + name), fields);
            }
        });
        return fields;
    }

    private void collect(@Nullable Object value, List<String> path, Set<List<String>> into) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((name, inner) -> collect(inner, plus(path, "f:" + name), into));
            return;
        }
        List<String> keys = value instanceof List<?> ? keys(path) : null;
        if (value instanceof List<?> list && keys != null) {
            for (Object item : list) {
                List<String> here = plus(path, element(item, keys));
                into.add(here);
                if (item instanceof Map<?, ?> map) {
                    map.forEach((name, inner) -> collect(inner, plus(here, "f:" + name), into));
                }
            }
            return;
        }
        into.add(path);
    }

    private @Nullable List<String> keys(List<String> path) {
        String last = path.get(path.size() - 1);
        return last.startsWith("f:") ? kind.listKeys(last.substring(2)) : null;
    }

    private static String element(@Nullable Object item, List<String> keys) {
        if (keys.isEmpty() || !(item instanceof Map<?, ?> map)) {
            return "v:" + JsonCodec.camelCase().text(item);
        }
        Map<String, Object> values = new TreeMap<>();
        for (String key : keys) {
            Object value = map.get(key);
            if (value != null) {
                values.put(key, value);
            } else if (key.equals("protocol")) {
                values.put(key, "TCP");
            }
        }
        return "k:" + JsonCodec.camelCase().text(values);
    }

    static List<String> plus(List<String> path, String element) {
        List<String> longer = new ArrayList<>(path);
        longer.add(element);
        return List.copyOf(longer);
    }

    /** Returns the value at a path, or {@code null}. */
    @Nullable
    Object get(Map<String, Object> object, List<String> path) {
        Object value = object;
        for (int i = 0; i < path.size() && value != null; i++) {
            value = step(value, path, i);
        }
        return value;
    }

    private @Nullable Object step(Object value, List<String> path, int i) {
        String element = path.get(i);
        if (element.startsWith("f:")) {
            return value instanceof Map<?, ?> map ? map.get(element.substring(2)) : null;
        }
        List<String> keys = keys(path.subList(0, i));
        if (value instanceof List<?> list && keys != null) {
            for (Object item : list) {
                if (element(item, keys).equals(element)) {
                    return item;
                }
            }
        }
        return null;
    }

    /** Removes what is at a path, and what is left empty around it. */
    @SuppressWarnings("unchecked")
    void remove(Map<String, Object> object, List<String> path) {
        List<String> around = path.subList(0, path.size() - 1);
        Object parent = around.isEmpty() ? object : get(object, around);
        String element = path.get(path.size() - 1);
        if (parent instanceof Map<?, ?> map && element.startsWith("f:")) {
            map.remove(element.substring(2));
        } else if (parent instanceof List<?> list) {
            List<String> keys = Objects.requireNonNullElse(keys(around), List.of());
            list.removeIf(item -> element(item, keys).equals(element));
        }
        boolean empty = (parent instanceof Map<?, ?> m && m.isEmpty()) || (parent instanceof List<?> l && l.isEmpty());
        if (empty && !around.isEmpty() && !around.equals(List.of("f:metadata"))) {
            remove(object, around);
        }
    }

    /** Merges what is applied over what is there. */
    Map<String, Object> merge(Map<String, Object> live, Map<String, Object> applied) {
        return mergeMaps(live, applied, List.of());
    }

    private Map<String, Object> mergeMaps(Map<String, Object> live, Map<String, Object> applied, List<String> path) {
        Map<String, Object> merged = Tree.copy(live);
        applied.forEach((name, value) -> {
            List<String> here = plus(path, "f:" + name);
            merged.put(name, mergeValues(live.get(name), value, here));
        });
        return merged;
    }

    @SuppressWarnings("unchecked")
    private Object mergeValues(@Nullable Object live, Object applied, List<String> path) {
        if (live instanceof Map<?, ?> && applied instanceof Map<?, ?>) {
            return mergeMaps((Map<String, Object>) live, (Map<String, Object>) applied, path);
        }
        List<String> keys = keys(path);
        if (live instanceof List<?> there && applied instanceof List<?> wanted && keys != null) {
            return mergeLists(there, wanted, keys, path);
        }
        return Objects.requireNonNull(Tree.copyOf(applied));
    }

    private Object mergeLists(List<?> live, List<?> applied, List<String> keys, List<String> path) {
        Map<String, Object> items = new LinkedHashMap<>();
        live.forEach(item -> items.put(element(item, keys), Objects.requireNonNull(Tree.copyOf(item))));
        for (Object item : applied) {
            String element = element(item, keys);
            items.put(element, mergeValues(items.get(element), Objects.requireNonNull(item), plus(path, element)));
        }
        return new ArrayList<>(items.values());
    }

    /** Writes owned paths as they stand in managed fields. */
    static Map<String, Object> write(Set<List<String>> fields) {
        Map<String, Object> tree = new TreeMap<>();
        for (List<String> path : fields) {
            Map<String, Object> here = tree;
            for (String element : path) {
                here = Tree.make(here, element);
            }
            if (!path.get(path.size() - 1).startsWith("f:")) {
                here.put(".", new LinkedHashMap<String, Object>()); // the item itself, beside the fields in it
            }
        }
        return tree;
    }

    /** Reads fields back. */
    static Set<List<String>> read(Map<String, Object> fieldsV1) {
        Set<List<String>> fields = new LinkedHashSet<>();
        read(fieldsV1, List.of(), fields);
        return fields;
    }

    private static void read(Map<String, Object> tree, List<String> path, Set<List<String>> into) {
        if (tree.isEmpty() && !path.isEmpty()) {
            into.add(path);
        }
        for (String element : tree.keySet()) {
            if (element.equals(".")) {
                into.add(path);
            } else {
                read(Tree.map(tree, element), plus(path, element), into);
            }
        }
    }

    /** Writes a path as messages show it: {@code .spec.containers[name="main"].image}. */
    static String show(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String element : path) {
            String body = element.substring(2);
            if (element.startsWith("f:")) {
                text.append('.').append(body);
            } else if (element.startsWith("v:")) {
                text.append('[').append('=').append(body).append(']');
            } else {
                Map<String, Object> keys =
                        JsonCodec.camelCase().object(body.getBytes(StandardCharsets.UTF_8), "list keys");
                List<String> parts = new ArrayList<>();
                keys.forEach((key, value) ->
                        parts.add(key + "=" + JsonCodec.camelCase().text(value)));
                text.append('[').append(String.join(",", parts)).append(']');
            }
        }
        return text.toString();
    }
}
