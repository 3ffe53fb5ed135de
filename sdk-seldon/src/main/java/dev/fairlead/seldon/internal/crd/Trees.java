package dev.fairlead.seldon.internal.crd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Handles JSON trees. */
public final class Trees {
    /** What the API server writes into an object's metadata and do not take back. */
    private static final List<String> SERVERS_OWN = List.of(
            "managedFields",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "selfLink",
            "deletionTimestamp",
            "deletionGracePeriodSeconds");

    private Trees() {}

    /** Takes out of an object what only the server writes, its status included; returns the same tree. */
    public static Map<String, Object> withoutServersOwn(Map<String, Object> object) {
        object.remove("status");
        SERVERS_OWN.forEach(at(object, "metadata")::remove);
        return object;
    }

    /** Copies an object so that it can be changed; entries that are null are left out, as the API server does. */
    public static Map<String, Object> copy(Map<?, ?> object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((key, value) -> {
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
        return value instanceof List<?> list ? list(list) : value;
    }

    /** Copies a list so that it can be changed. */
    public static List<Object> list(List<?> list) {
        List<Object> copy = new ArrayList<>(list.size());
        for (Object element : list) {
            if (element != null) {
                copy.add(copyOf(element));
            }
        }
        return copy;
    }

    /** Adds the fields that are not there yet. */
    static void addAbsent(Map<String, Object> into, @Nullable Object fields) {
        if (fields instanceof Map<?, ?> map) {
            copy(map).forEach(into::putIfAbsent);
        }
    }

    /** Returns the object at a path; empty where there is none. */
    public static Map<String, Object> at(@Nullable Map<String, Object> tree, String... path) {
        Object here = tree;
        for (String name : path) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here instanceof Map<?, ?> map ? cast(map) : Map.of();
    }

    /** Returns the objects of the list at a field; empty where there is none. */
    public static List<Map<String, Object>> objects(Map<String, Object> tree, String field) {
        List<Map<String, Object>> objects = new ArrayList<>();
        if (tree.get(field) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(cast(map));
                }
            }
        }
        return objects;
    }

    /** Returns the text at a field; empty where there is none. */
    public static String text(Map<String, Object> tree, String field) {
        return tree.get(field) instanceof String text ? text : "";
    }

    /** Returns the whole number at a field, or another where there is none. */
    public static int number(Map<String, Object> tree, String field, int otherwise) {
        return tree.get(field) instanceof Number number ? number.intValue() : otherwise;
    }

    /** Tells whether a tree says nothing: it has only empty texts, objects and lists. */
    public static boolean isBlank(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(Trees::isBlank);
        }
        return tree instanceof List<?> list ? list.stream().allMatch(Trees::isBlank) : tree == null || tree.equals("");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
