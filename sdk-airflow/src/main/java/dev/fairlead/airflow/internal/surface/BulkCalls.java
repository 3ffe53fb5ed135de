package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.admin.Bulk;
import dev.fairlead.airflow.admin.BulkException;
import dev.fairlead.airflow.admin.BulkResult;
import dev.fairlead.airflow.admin.BulkResult.Problem;
import dev.fairlead.airflow.admin.IfExists;
import dev.fairlead.airflow.admin.IfMissing;
import dev.fairlead.airflow.internal.wire.AdminWire;
import dev.fairlead.error.InvalidValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many changes in one call. The server answers 200 whatever became of them.
 *
 * @param <S> describes a thing
 */
final class BulkCalls<S> implements Bulk<S> {
    private final Function<S, Map<String, Object>> body;
    private final Consumer<Map<String, Object>> whole;
    private final Map<Kind, List<Object>> actions = new LinkedHashMap<>();

    /**
     * Starts with nothing.
     *
     * @param body describes a thing by its fields that are set
     * @param whole adds to a change the fields that the server wants to see although they are masked
     */
    BulkCalls(Function<S, Map<String, Object>> body, Consumer<Map<String, Object>> whole) {
        this.body = body;
        this.whole = whole;
    }

    /** What is one action to the server: what is done, the rule, and the fields that are written. */
    private record Kind(String action, String rule, String then, List<String> mask) {
        Map<String, Object> with(List<Object> entities) {
            Map<String, Object> action = new LinkedHashMap<>();
            action.put("action", this.action);
            action.put(rule, then);
            action.put("entities", entities);
            if (!mask.isEmpty()) {
                action.put("update_mask", mask);
            }
            return action;
        }
    }

    private Bulk<S> add(String action, String rule, Enum<?> then, List<String> mask, Object entity) {
        actions.computeIfAbsent(
                        new Kind(action, rule, then.name().toLowerCase(Locale.ROOT), mask), kind -> new ArrayList<>())
                .add(entity);
        return this;
    }

    @Override
    public Bulk<S> create(S thing, IfExists then) {
        return add("create", "action_on_existence", then, List.of(), body.apply(thing));
    }

    @Override
    public Bulk<S> update(S thing, IfMissing then) {
        Map<String, Object> entity = new LinkedHashMap<>(body.apply(thing));
        List<String> set = List.copyOf(entity.keySet());
        whole.accept(entity);
        // without a mask the server writes what is set; it refuses one that names the key
        List<String> mask = entity.size() > set.size() ? set : List.of();
        return add("update", "action_on_non_existence", then, mask, entity);
    }

    @Override
    public Bulk<S> delete(String name, IfMissing then) {
        return add("delete", "action_on_non_existence", then, List.of(), name);
    }

    BulkResult send(Surface surface, String kind) {
        if (actions.isEmpty()) {
            throw new InvalidValueException(
                    "bulk", List.of(new InvalidValueException.Problem("changes", "must be at least one", "none")));
        }
        boolean updates = actions.keySet().stream().anyMatch(k -> k.action().equals("update"));
        surface.require(updates ? "updates in bulk" : "changes in bulk", 3, updates ? 2 : 0);
        List<Map<String, Object>> sent = new ArrayList<>();
        actions.forEach((k, entities) -> sent.add(k.with(entities)));
        return send(surface, kind, surface.root() + "/" + kind, sent);
    }

    /** Sends actions in the words of the server. */
    static BulkResult send(Surface surface, String kind, String path, List<Map<String, Object>> sent) {
        AdminWire.Bulk wire = surface.call(
                surface.send(kind + "/bulk", "PATCH", path, Map.of("actions", sent), AdminWire.Bulk.class));
        BulkResult result = new BulkResult(
                done(wire.create()),
                done(wire.update()),
                done(wire.delete()),
                Stream.of(
                                problems("create", wire.create()),
                                problems("update", wire.update()),
                                problems("delete", wire.delete()))
                        .flatMap(List::stream)
                        .toList());
        if (!result.problems().isEmpty()) {
            throw failure(surface, kind, path, result);
        }
        return result;
    }

    private static BulkException failure(Surface surface, String kind, String path, BulkResult result) {
        String reasons = result.problems().stream()
                .map(p -> p.kind() + ": " + (p.status() == 0 ? "" : p.status() + " ") + p.reason())
                .collect(Collectors.joining("; "));
        int done = result.created().size()
                + result.updated().size()
                + result.deleted().size();
        return new BulkException(
                surface.details(kind + "/bulk", "PATCH", path, 200, reasons),
                done + " changes were made, see result(); mend the others and send those again",
                result);
    }

    private static List<String> done(AdminWire.@Nullable Part part) {
        return part == null ? List.of() : Surface.list(part.success());
    }

    private static List<Problem> problems(String kind, AdminWire.@Nullable Part part) {
        return part == null
                ? List.of()
                : Surface.list(part.errors()).stream()
                        .map(p -> new Problem(kind, Surface.number(p.statusCode()), Surface.text(p.error())))
                        .toList();
    }
}
