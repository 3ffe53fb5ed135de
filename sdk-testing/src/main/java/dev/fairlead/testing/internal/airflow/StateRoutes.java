package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What tasks keep: at assets, and at tasks of runs. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class StateRoutes {
    private static final String ASSET = "/api/v2/assets/{id}/state-store";
    private static final String TASK = "/api/v2/dags/{dag}/dagRuns/{run}/taskInstances/{task}/state-store";
    /** How long the server keeps what says no time of its own. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final AirflowState state;
    private final Map<String, Map<String, Map<String, Object>>> kept = new TreeMap<>();

    StateRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        for (String root : List.of(ASSET, TASK)) {
            boolean task = root.equals(TASK);
            String all = task ? "task_state_store" : "asset_state_store";
            to.on(
                    routes,
                    "GET",
                    root,
                    (call, user) -> AirflowRoutes.page(
                            call, all, new ArrayList<>(at(call, task).values())));
            to.on(routes, "DELETE", root, (call, user) -> clear(call, task));
            to.on(routes, "GET", root + "/{key...}", (call, user) -> Answer.json(row(call, task)));
            to.on(routes, "PUT", root + "/{key...}", (call, user) -> put(call, task));
            to.on(routes, "DELETE", root + "/{key...}", (call, user) -> {
                at(call, task).remove(call.variable("key"));
                return Answer.empty(204);
            });
        }
        to.on(routes, "PATCH", TASK + "/{key...}", this::patch);
    }

    private String place(HttpCall call, boolean task) {
        if (!task) {
            String id = call.variable("id");
            if (state.assets.stream().noneMatch(a -> String.valueOf(a.id).equals(id))) {
                throw new Refusal(404, "Asset with id " + id + " not found");
            }
            return "asset " + id;
        }
        RunRow run = RunRoutes.run(state, call);
        String taskId = call.variable("task");
        if (!run.tasks.containsKey(taskId)) {
            throw new Refusal(404, "Task instance not found for dag_id='" + run.dag.dagId() + "'");
        }
        return String.join(" ", "task", run.dag.dagId(), run.id, taskId, "");
    }

    private Map<String, Map<String, Object>> at(HttpCall call, boolean task) {
        String index = task ? call.query("map_index").orElse("-1") : "";
        return kept.computeIfAbsent(place(call, task) + index, p -> new TreeMap<>());
    }

    private Map<String, Object> row(HttpCall call, boolean task) {
        String key = call.variable("key");
        Map<String, Object> row = at(call, task).get(key);
        if (row == null) {
            throw new Refusal(404, (task ? "Task" : "Asset") + " state store key '" + key + "' not found");
        }
        return row;
    }

    private Answer put(HttpCall call, boolean task) throws IOException {
        Map<String, Object> body = call.json();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("key", call.variable("key"));
        row.put("value", body.get("value"));
        row.put("updated_at", Json.time(state.now()));
        if (task) {
            Object until = body.getOrDefault("expires_at", "default");
            row.put(
                    "expires_at",
                    "default".equals(until) ? Json.time(state.now().plus(KEPT)) : until);
        }
        at(call, task).put(call.variable("key"), row);
        return Answer.empty(204);
    }

    private Answer patch(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> row = row(call, true);
        row.put("value", call.json().get("value"));
        row.put("updated_at", Json.time(state.now()));
        return Answer.json(null);
    }

    private Answer clear(HttpCall call, boolean task) {
        if (call.query("all_map_indices").filter("true"::equals).isPresent()) {
            String place = place(call, task);
            kept.keySet().removeIf(p -> p.startsWith(place));
        } else {
            at(call, task).clear();
        }
        return Answer.empty(204);
    }
}
