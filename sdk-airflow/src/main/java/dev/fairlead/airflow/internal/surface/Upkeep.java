package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.admin.Applied;
import dev.fairlead.airflow.admin.Applied.Outcome;
import dev.fairlead.airflow.admin.Secrets;
import dev.fairlead.error.ConflictException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings a thing of the server to its description: reads, compares, writes what differs and no more, reads back. The server has no other guard
 * against two writers than to name the fields that are written.
 *
 * @param surface the calls
 * @param kind what is kept, as in the path, such as {@code pools}
 * @param value makes our value of what the server shows
 * @param <T> our value
 */
record Upkeep<T>(Surface surface, String kind, Function<Map<String, Object>, T> value) {

    String path(String key) {
        String collection = collection();
        Problems.check(kind, (Problems.Checked) at -> {
            at.requireText("key", key);
            at.require(!key.equals(".") && !key.equals(".."), "key", "must not be a path", key);
            boolean slash = key.contains("/") && kind.equals("pools") && !surface.three();
            at.require(!slash, "key", "must have no slash, since Airflow 2 does not find such a pool", key);
        });
        return collection + "/" + CallSpec.encode(key);
    }

    String collection() {
        return surface.root() + "/" + kind;
    }

    T get(String key) {
        return value.apply(surface.tree(kind + "/get", path(key)));
    }

    Optional<Map<String, Object>> find(String key) {
        return Surface.found(() -> surface.tree(kind + "/get", path(key)));
    }

    boolean delete(String key) {
        return surface.delete(kind + "/delete", path(key));
    }

    /** Makes a thing; refused where the key is taken. */
    T create(String key, Map<String, Object> body) {
        return value.apply(surface.create(kind + "/create", collection(), body, () -> find(key)));
    }

    /** Returns the thing as it is, and makes it where there is none. */
    T ensure(String key, Map<String, Object> body) {
        Optional<Map<String, Object>> now = find(key);
        if (now.isPresent()) {
            return value.apply(now.get());
        }
        try {
            return create(key, body);
        } catch (ConflictException e) {
            return get(key); // another was faster
        }
    }

    /**
     * Brings a thing to its description.
     *
     * @param wanted the described fields
     * @param whole what the server wants to see in each write, whatever is masked
     */
    Applied<T> apply(String key, Map<String, Object> wanted, Map<String, Object> whole, Secrets secrets) {
        Optional<Map<String, Object>> now = find(key);
        if (now.isEmpty()) {
            try {
                return new Applied<>(create(key, wanted), Outcome.CREATED, List.of(), List.of());
            } catch (ConflictException e) {
                now = find(key); // another was faster, now it is to be changed
                if (now.isEmpty()) {
                    throw e;
                }
            }
        }
        Difference difference = Difference.of(wanted, now.get());
        List<String> write = new ArrayList<>(difference.changed());
        if (secrets == Secrets.WRITE) {
            write.addAll(difference.hidden());
        }
        if (write.isEmpty()) {
            return new Applied<>(value.apply(now.get()), Outcome.UNCHANGED, List.of(), difference.hidden());
        }
        patch(key, whole, write);
        return new Applied<>(
                value.apply(readBack(key, wanted)), Outcome.CHANGED, difference.changed(), difference.hidden());
    }

    private void patch(String key, Map<String, Object> whole, List<String> mask) {
        var spec = surface.send(kind + "/patch", "PATCH", path(key), whole, Surface.TREE)
                .repeatable();
        if (surface.three()) {
            mask.forEach(field -> spec.query("update_mask", field));
        } else {
            // Airflow 2 calls a variable's value by another name here
            spec.query("update_mask", String.join(",", mask).replaceAll("\\bvalue\\b", "val"));
        }
        surface.call(spec);
    }

    private Map<String, Object> readBack(String key, Map<String, Object> wanted) {
        Map<String, Object> after = find(key).orElseThrow(() -> conflict(key, "was deleted by another meanwhile"));
        List<String> left = Difference.of(wanted, after).changed();
        if (!left.isEmpty()) {
            throw conflict(key, "was changed by another meanwhile: " + String.join(", ", left));
        }
        return after;
    }

    private ConflictException conflict(String key, String what) {
        return new ConflictException(
                surface.details(kind + "/apply", "PATCH", path(key), 0, "'" + key + "' " + what),
                "apply it again, and see who else writes it");
    }
}
