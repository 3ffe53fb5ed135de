package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Pools, variables and connections: made, read with their secrets hidden, changed by field, and many at once. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class AdminRoutes {
    private static final String ROOT = "/api/v2/";

    private final List<Kind> kinds = List.of(
            new Kind("pools", "name", "The Pool with name: `%s` was not found", List.of("name", "slots"), pool()),
            new Kind(
                    "variables",
                    "key",
                    "The Variable with key: `%s` was not found",
                    List.of("key", "value"),
                    fields("key", "value", "description")),
            new Kind(
                    "connections",
                    "connection_id",
                    "The Connection with connection_id: `%s` was not found",
                    List.of("connection_id", "conn_type"),
                    fields(
                            "connection_id",
                            "conn_type",
                            "description",
                            "host",
                            "login",
                            "schema",
                            "port",
                            "password",
                            "extra")));

    /** One kind of thing, with its rows by key. */
    private record Kind(
            String name,
            String key,
            String notFound,
            List<String> mandatory,
            Map<String, Object> defaults,
            Map<String, Map<String, Object>> rows) {
        Kind(String name, String key, String notFound, List<String> mandatory, Map<String, Object> defaults) {
            this(name, key, notFound, mandatory, defaults, new TreeMap<>());
        }

        Map<String, Object> row(String id) {
            Map<String, Object> row = rows.get(id);
            if (row == null) {
                throw new Refusal(404, notFound.formatted(id));
            }
            return row;
        }

        String idOf(Map<String, Object> body) {
            return String.valueOf(body.get(key));
        }
    }

    AdminRoutes() {
        Map<String, Object> pool = new LinkedHashMap<>(kinds.get(0).defaults());
        pool.putAll(Map.of("name", "default_pool", "slots", 128, "description", "Default pool"));
        kinds.get(0).rows().put("default_pool", pool);
    }

    private static Map<String, Object> pool() {
        Map<String, Object> pool = fields("name", "slots", "description");
        pool.put("include_deferred", false);
        return pool;
    }

    private static Map<String, Object> fields(String... names) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : names) {
            fields.put(name, null);
        }
        return fields;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        for (Kind kind : kinds) {
            String all = ROOT + kind.name();
            to.on(
                    routes,
                    "GET",
                    all,
                    (call, user) -> AirflowRoutes.page(
                            call,
                            kind.name(),
                            kind.rows().values().stream()
                                    .map(r -> shown(kind, r))
                                    .toList()));
            to.on(routes, "POST", all, (call, user) -> Answer.json(201, shown(kind, create(kind, call.json()))));
            to.on(routes, "PATCH", all, (call, user) -> Answer.json(bulk(kind, call.json())));
            if (kind.name().equals("connections")) {
                for (String test : List.of("/test", "/enqueue-test")) {
                    to.on(routes, "POST", all + test, (call, user) -> {
                        throw new Refusal(
                                403,
                                "Testing connections is disabled in Airflow configuration. Contact your deployment admin to enable it.");
                    });
                }
                to.on(routes, "GET", all + "/enqueue-test", (call, user) -> {
                    String token = call.header("Airflow-Connection-Test-Token").orElse("");
                    throw new Refusal(404, "No connection test found for token: `" + token + "`");
                });
                to.on(routes, "POST", all + "/defaults", (call, user) -> {
                    Map<String, Object> made = new LinkedHashMap<>(kind.defaults());
                    made.putAll(Map.of("connection_id", "http_default", "conn_type", "http"));
                    kind.rows().putIfAbsent("http_default", made);
                    return Answer.empty(204);
                });
            }
            to.on(
                    routes,
                    "GET",
                    all + "/{id...}",
                    (call, user) -> Answer.json(shown(kind, kind.row(call.variable("id")))));
            to.on(routes, "PATCH", all + "/{id...}", (call, user) -> Answer.json(shown(kind, patch(kind, call))));
            to.on(routes, "DELETE", all + "/{id...}", (call, user) -> delete(kind, call.variable("id")));
        }
    }

    /** Tells whether there is a thing of a kind. */
    boolean has(String kind, String id) {
        return kinds.stream()
                .filter(k -> k.name().equals(kind))
                .anyMatch(k -> k.rows().containsKey(id));
    }

    private static Map<String, Object> create(Kind kind, Map<String, Object> body) {
        checked(kind, body, "");
        String id = kind.idOf(body);
        if (kind.rows().containsKey(id)) {
            if (kind.name().equals("variables")) {
                throw new Refusal(409, "The Variable with key: `" + id + "` already exists");
            }
            throw Refusal.unique();
        }
        Map<String, Object> row = new LinkedHashMap<>(kind.defaults());
        row.putAll(body);
        kind.rows().put(id, row);
        return row;
    }

    private static void checked(Kind kind, Map<String, Object> body, String prefix) {
        for (String field : kind.mandatory()) {
            if (!body.containsKey(field)) {
                throw Refusal.invalid("missing", prefix + field, "Field required", "hidden");
            }
        }
        for (String field : body.keySet()) {
            if (!kind.defaults().containsKey(field)) {
                throw Refusal.invalid("extra_forbidden", prefix + field, "Extra inputs are not permitted", "hidden");
            }
        }
    }

    private static Map<String, Object> patch(Kind kind, HttpCall call) throws IOException {
        String id = call.variable("id");
        Map<String, Object> row = kind.row(id);
        Map<String, Object> body = new LinkedHashMap<>(call.json());
        if (kind.name().equals("pools")) {
            for (String field : List.of("pool", "include_deferred")) {
                if (!body.containsKey(field)) {
                    throw Refusal.invalid("missing", field, "Field required", "hidden");
                }
            }
            body.put("name", body.remove("pool"));
        }
        checked(kind, body, "");
        List<String> mask = call.queryAll("update_mask");
        if (id.equals("default_pool") && !Set.of("slots", "include_deferred").containsAll(mask)) {
            throw new Refusal(400, "Only slots and included_deferred can be modified on Default Pool");
        }
        body.forEach((field, value) -> {
            if (mask.isEmpty() || mask.contains(field)) {
                row.put(field, value);
            }
        });
        return row;
    }

    private static Answer delete(Kind kind, String id) {
        if (id.equals("default_pool")) {
            throw new Refusal(400, "Default Pool can't be deleted");
        }
        kind.row(id);
        kind.rows().remove(id);
        return Answer.empty(204);
    }

    /** Shows a row as the server does: what looks like a secret is hidden. */
    private static Map<String, Object> shown(Kind kind, Map<String, Object> row) {
        Map<String, Object> shown = new LinkedHashMap<>(row);
        switch (kind.name()) {
            case "pools" -> {
                for (String count : List.of("occupied", "running", "queued", "scheduled", "deferred")) {
                    shown.put(count + "_slots", 0);
                }
                shown.put("open_slots", row.get("slots"));
            }
            case "variables" -> {
                shown.put("value", Masks.text(String.valueOf(row.get("value")), kind.idOf(row)));
                shown.put("is_encrypted", true);
            }
            default -> {
                Object password = row.get("password");
                shown.put("password", password == null ? null : Masks.MASK);
                Object extra = row.get("extra");
                shown.put("extra", extra == null ? null : Masks.text(extra.toString(), ""));
            }
        }
        shown.put("team_name", null);
        return shown;
    }

    private static Map<String, Object> bulk(Kind kind, Map<String, Object> body) {
        Map<String, Object> results = new LinkedHashMap<>();
        List.of("create", "update", "delete").forEach(name -> results.put(name, null));
        if (body.get("actions") instanceof List<?> actions) {
            for (Object action : actions) {
                Map<?, ?> one = (Map<?, ?>) action;
                String name = String.valueOf(one.get("action"));
                @SuppressWarnings("unchecked")
                Map<String, List<Object>> part = (Map<String, List<Object>>) results.computeIfAbsent(
                        name, n -> Map.of("success", new ArrayList<>(), "errors", new ArrayList<>()));
                act(kind, name, one, part);
            }
        }
        return results;
    }

    private static void act(Kind kind, String name, Map<?, ?> action, Map<String, List<Object>> part) {
        boolean create = name.equals("create");
        String rule = String.valueOf(action.get(create ? "action_on_existence" : "action_on_non_existence"));
        List<Object> entities = new ArrayList<>((List<?>) action.get("entities"));
        if (!kind.name().equals("pools")
                && RunRoutes.strings(action.get("update_mask")).contains(kind.key())) {
            part.get("errors")
                    .add(Map.of(
                            "error",
                            "Update not allowed: the following fields are immutable and cannot be modified: {'"
                                    + kind.key() + "'}",
                            "status_code",
                            400));
            return;
        }
        List<String> odd = entities.stream()
                .map(e -> id(kind, e))
                .filter(id -> kind.rows().containsKey(id) == create)
                .toList();
        if (rule.equals("fail") && !odd.isEmpty()) {
            String what = "The " + kind.name() + " with these names: {'" + String.join("', '", odd) + "'} ";
            part.get("errors")
                    .add(Map.of(
                            "error",
                            what + (create ? "already exist." : "were not found."),
                            "status_code",
                            create ? 409 : 404));
            return;
        }
        for (Object entity : entities) {
            String id = id(kind, entity);
            if (odd.contains(id) && !rule.equals("overwrite")) {
                continue;
            }
            change(kind, name, id, entity);
            part.get("success").add(id);
        }
    }

    private static void change(Kind kind, String name, String id, Object entity) {
        if (name.equals("delete")) {
            kind.rows().remove(id);
            return;
        }
        Map<String, Object> row = kind.rows().computeIfAbsent(id, i -> new LinkedHashMap<>(kind.defaults()));
        ((Map<?, ?>) entity).forEach((field, value) -> row.put(String.valueOf(field), value));
    }

    private static String id(Kind kind, @Nullable Object entity) {
        return String.valueOf(entity instanceof Map<?, ?> map ? map.get(kind.key()) : entity);
    }
}
