package dev.fairlead.internal.kube;

import dev.fairlead.kubernetes.ApplyPlan.FieldChange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two states of an object, field by field, without what the server alone writes. */
final class TreeDiff {
    private static final Set<String> SERVERS = Set.of(
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "managedFields",
            "name",
            "namespace",
            "selfLink");

    private final List<FieldChange> changes = new ArrayList<>();
    private final boolean hidden;

    private TreeDiff(boolean hidden) {
        this.hidden = hidden;
    }

    /** Returns the changes; {@code hidden} hides values. */
    static List<FieldChange> of(Map<String, Object> before, Map<String, Object> after, boolean hidden) {
        TreeDiff diff = new TreeDiff(hidden);
        diff.maps("", own(before), own(after));
        return diff.changes;
    }

    private static Map<String, Object> own(Map<String, Object> object) {
        Map<String, Object> own = new LinkedHashMap<>(object);
        own.keySet().removeAll(Set.of("apiVersion", "kind", "status"));
        Map<String, Object> metadata = new LinkedHashMap<>(KubeCalls.metadata(object));
        metadata.keySet().removeAll(SERVERS);
        own.put("metadata", metadata);
        return own;
    }

    private void maps(String path, Map<?, ?> before, Map<?, ?> after) {
        Set<Object> fields = new LinkedHashSet<>(after.keySet());
        fields.addAll(before.keySet());
        for (Object field : fields) {
            values(path + "." + field, before.get(field), after.get(field));
        }
    }

    private void values(String path, @Nullable Object before, @Nullable Object after) {
        if (isMap(before) && isMap(after)) {
            maps(path, asMap(before), asMap(after));
        } else if (isNamed(before) && isNamed(after)) {
            items(path, named(before), named(after));
        } else if (!same(before, after)) {
            changes.add(new FieldChange(path, shown(before), shown(after)));
        }
    }

    /** Items of a list with names are compared by name, not by place. */
    private void items(String path, Map<String, Object> before, Map<String, Object> after) {
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        for (String name : names) {
            Object then = after.get(name);
            String here = path + "[" + name + "]";
            if (then == null) {
                changes.add(new FieldChange(here, shown(before.get(name)), null));
            } else {
                maps(here, asMap(before.get(name)), asMap(then));
            }
        }
    }

    /** Absent and empty are one: a map grows from nothing field by field. */
    private static boolean isMap(@Nullable Object value) {
        return value == null || value instanceof Map<?, ?>;
    }

    private static Map<?, ?> asMap(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static boolean isNamed(@Nullable Object value) {
        return value == null
                || (value instanceof List<?> list
                        && list.stream()
                                .allMatch(item -> item instanceof Map<?, ?> map && map.get("name") instanceof String));
    }

    private static Map<String, Object> named(@Nullable Object value) {
        Map<String, Object> items = new LinkedHashMap<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.put(String.valueOf(asMap(item).get("name")), asMap(item)));
        }
        return items;
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())) == 0;
        }
        if (a instanceof List<?> x && b instanceof List<?> y && x.size() == y.size()) {
            for (int i = 0; i < x.size(); i++) {
                if (!same(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(a, b);
    }

    private @Nullable Object shown(@Nullable Object value) {
        return value == null || !hidden ? value : "***";
    }
}
