package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Assets, and what happens when one is updated. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class AssetRoutes {
    private static final String ROOT = "/api/v2/assets";

    private final AirflowState state;

    AssetRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        to.on(routes, "GET", ROOT, this::list);
        to.on(routes, "GET", ROOT + "/aliases", (call, user) -> AirflowRoutes.page(call, "asset_aliases", List.of()));
        to.on(routes, "GET", ROOT + "/aliases/{id}", (call, user) -> {
            String id = call.variable("id");
            throw new Refusal(404, "The AssetAlias with ID: `" + id + "` was not found");
        });
        to.on(routes, "GET", ROOT + "/events", this::events);
        to.on(routes, "POST", ROOT + "/events", this::post);
        to.on(routes, "GET", ROOT + "/{id}", (call, user) -> Answer.json(asset(row(call))));
        to.on(routes, "POST", ROOT + "/{id}/materialize", this::materialize);
        to.on(routes, "GET", ROOT + "/{id}/queuedEvents", (call, user) -> queued(row(call).id, null));
        to.on(routes, "DELETE", ROOT + "/{id}/queuedEvents", (call, user) -> forget(row(call).id, null));
        String ofDag = "/api/v2/dags/{dag}/assets/queuedEvents";
        to.on(routes, "GET", ofDag, (call, user) -> queued(0, call.variable("dag")));
        to.on(routes, "DELETE", ofDag, (call, user) -> forget(0, call.variable("dag")));
        String ofBoth = "/api/v2/dags/{dag}/assets/{id}/queuedEvents";
        to.on(routes, "GET", ofBoth, (call, user) -> queued(row(call).id, call.variable("dag")));
        to.on(routes, "DELETE", ofBoth, (call, user) -> forget(row(call).id, call.variable("dag")));
        to.on(routes, "GET", "/api/v2/dags/{dag}/dagRuns/{run}/upstreamAssetEvents", this::upstream);
    }

    private AssetRow row(HttpCall call) {
        return byId(call.variable("id"));
    }

    private AssetRow byId(String id) {
        return state.assets.stream()
                .filter(a -> String.valueOf(a.id).equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "The Asset with ID: `" + id + "` was not found"));
    }

    private Answer list(HttpCall call, Tokens.User user) {
        String uri = call.query("uri_pattern").orElse("");
        String name = call.query("name_pattern").orElse("");
        return AirflowRoutes.page(
                call,
                "assets",
                state.assets.stream()
                        .filter(a -> a.uri.contains(uri) && a.name.contains(name))
                        .map(this::asset)
                        .toList());
    }

    private Map<String, Object> asset(AssetRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id);
        json.put("name", row.name);
        json.put("uri", row.uri);
        json.put("group", "asset");
        json.put("extra", Map.of());
        json.put(
                "scheduled_dags",
                row.consumers.stream().map(d -> Map.of("dag_id", d)).toList());
        json.put(
                "producing_tasks",
                row.producers.stream()
                        .map(d -> Map.of(
                                "dag_id",
                                d,
                                "task_id",
                                state.get(d, "").parsed.tasks().get(0).taskId()))
                        .toList());
        json.put("consuming_tasks", List.of());
        json.put("aliases", List.of());
        Map<String, Object> last = new LinkedHashMap<>();
        last.put(
                "timestamp",
                row.events.isEmpty()
                        ? null
                        : row.events.get(row.events.size() - 1).get("timestamp"));
        json.put("last_asset_event", last);
        return json;
    }

    private Answer events(HttpCall call, Tokens.User user) {
        List<Map<String, Object>> all = new ArrayList<>();
        state.assets.forEach(row -> all.addAll(row.events));
        call.query("asset_id")
                .ifPresent(id ->
                        all.removeIf(e -> !String.valueOf(e.get("asset_id")).equals(id)));
        call.query("source_dag_id").ifPresent(id -> all.removeIf(e -> !id.equals(e.get("source_dag_id"))));
        call.query("source_run_id").ifPresent(id -> all.removeIf(e -> !id.equals(e.get("source_run_id"))));
        java.util.Collections.reverse(all);
        return AirflowRoutes.page(call, "asset_events", all);
    }

    @SuppressWarnings("unchecked") // what a client of ours sends
    private Answer post(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> body = call.json();
        AssetRow row = byId(String.valueOf(body.get("asset_id")));
        Map<String, Object> extra = new LinkedHashMap<>((Map<String, Object>) body.getOrDefault("extra", Map.of()));
        extra.put("from_rest_api", true);
        return Answer.json(happen(row, extra, body.get("partition_key")));
    }

    /** Notes an update, and starts what is scheduled by it; a paused DAG lets it wait. */
    private Map<String, Object> happen(AssetRow row, Map<String, Object> extra, @Nullable Object partition) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", state.assets.stream().mapToInt(a -> a.events.size()).sum() + 1);
        event.put("asset_id", row.id);
        event.put("uri", row.uri);
        event.put("name", row.name);
        event.put("extra", extra);
        event.put("source_map_index", -1);
        event.put("partition_key", partition);
        Instant now = state.now();
        event.put("timestamp", Json.time(now));
        List<Map<String, Object>> created = new ArrayList<>();
        for (String consumer : row.consumers) {
            DagRow dag = state.get(consumer, "");
            if (dag.paused) {
                row.queued.put(consumer, now);
                continue;
            }
            String runId = "asset_triggered__" + now + "_" + event.get("id");
            RunRow run = state.trigger(dag, runId, null, Map.of(), null, "");
            run.type = "asset_triggered";
            run.upstream = event;
            run.partitionKey = (String) partition;
            created.add(Map.of("dag_id", consumer, "run_id", runId));
        }
        event.put("created_dagruns", created);
        row.events.add(event);
        return event;
    }

    @SuppressWarnings("unchecked") // what a client of ours sends
    private Answer materialize(HttpCall call, Tokens.User user) throws IOException {
        AssetRow row = row(call);
        if (row.producers.isEmpty()) {
            throw new Refusal(404, "No Dag materializes asset with ID: " + row.id);
        }
        if (row.producers.size() > 1) {
            throw new Refusal(409, "More than one Dag materializes asset with ID: " + row.id);
        }
        Map<String, Object> body = call.json();
        RunRow run = state.trigger(
                state.get(row.producers.get(0), ""),
                Objects.requireNonNullElse((String) body.get("dag_run_id"), "manual__" + state.now()),
                null,
                (Map<String, Object>) body.getOrDefault("conf", Map.of()),
                (String) body.get("note"),
                user.name());
        run.type = "asset_materialization";
        return Answer.json(Json.run(run));
    }

    private Answer queued(int assetId, @Nullable String dagId) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (AssetRow row : state.assets) {
            row.queued.forEach((dag, at) -> {
                if ((dagId == null || dagId.equals(dag)) && (assetId == 0 || assetId == row.id)) {
                    all.add(Map.of("dag_id", dag, "asset_id", row.id, "created_at", at.toString()));
                }
            });
        }
        return Answer.json(Map.of("queued_events", all, "total_entries", all.size()));
    }

    private Answer forget(int assetId, @Nullable String dagId) {
        boolean any = false;
        for (AssetRow row : state.assets) {
            if (assetId == 0 || assetId == row.id) {
                any |= row.queued.keySet().removeIf(dag -> dagId == null || dagId.equals(dag));
            }
        }
        if (!any) {
            throw new Refusal(404, "Queue event was not found");
        }
        return Answer.empty(204);
    }

    private Answer upstream(HttpCall call, Tokens.User user) {
        Map<String, Object> event = RunRoutes.run(state, call).upstream;
        List<Map<String, Object>> all = event == null ? List.of() : List.of(event);
        return Answer.json(Map.of("asset_events", all, "total_entries", all.size()));
    }
}
