package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How the server is, what it has, and what was done to it. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class MonitorRoutes {
    private static final String ROOT = "/api/v2/";
    private static final List<String> PARTS = List.of("scheduler", "triggerer", "dag_processor");

    private final AirflowState state;
    private final List<Map<String, Object>> noted = new ArrayList<>();

    MonitorRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        routes.on("GET", ROOT + "monitor/health", call -> Answer.json(state.with(this::health)));
        to.on(routes, "GET", ROOT + "providers", (call, user) -> AirflowRoutes.page(call, "providers", providers()));
        to.on(routes, "GET", ROOT + "plugins", (call, user) -> AirflowRoutes.page(call, "plugins", List.of()));
        to.on(
                routes,
                "GET",
                ROOT + "plugins/importErrors",
                (call, user) -> Answer.json(Map.of("import_errors", List.of(), "total_entries", 0)));
        to.on(routes, "GET", ROOT + "config/{path...}", (call, user) -> {
            throw new Refusal(
                    403,
                    "Your Airflow administrator chose not to expose the configuration, most likely for security reasons.");
        });
        to.on(routes, "GET", ROOT + "jobs", (call, user) -> AirflowRoutes.page(call, "jobs", jobs()));
        to.on(routes, "GET", ROOT + "eventLogs", this::events);
        to.on(routes, "GET", ROOT + "eventLogs/{id}", this::event);
        to.on(routes, "GET", ROOT + "dagStats", this::stats);
        to.on(routes, "GET", ROOT + "dagWarnings", (call, user) -> AirflowRoutes.page(call, "dag_warnings", List.of()));
    }

    /** Notes what somebody did. */
    void note(String event, String owner, Map<String, String> about) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("event_log_id", noted.size() + 1);
        row.put("when", Json.time(state.now()));
        row.put("event", event);
        row.put("owner", owner);
        row.put("dag_id", about.get("dag"));
        row.put("run_id", about.get("run"));
        row.put("task_id", about.get("task"));
        noted.add(row);
    }

    private Map<String, Object> health() {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("metadatabase", Map.of("status", "healthy"));
        for (String part : PARTS) {
            health.put(
                    part,
                    Map.of(
                            "status",
                            state.down.contains(part) ? "unhealthy" : "healthy",
                            "latest_" + part + "_heartbeat",
                            state.now().toString()));
        }
        return health;
    }

    private static List<Map<String, Object>> providers() {
        List<Map<String, Object>> providers = new ArrayList<>();
        for (String name : List.of("cncf-kubernetes", "common-compat", "common-io", "common-sql", "smtp", "standard")) {
            providers.add(Map.of(
                    "package_name", "apache-airflow-providers-" + name, "version", "1.0.0", "description", name));
        }
        return providers;
    }

    private List<Map<String, Object>> jobs() {
        List<Map<String, Object>> jobs = new ArrayList<>();
        for (String type : List.of("SchedulerJob", "DagProcessorJob", "TriggererJob")) {
            jobs.add(
                    0,
                    Map.of(
                            "id",
                            jobs.size() + 1,
                            "job_type",
                            type,
                            "state",
                            "running",
                            "hostname",
                            "fake",
                            "latest_heartbeat",
                            state.now().toString()));
        }
        return jobs;
    }

    private Answer events(HttpCall call, Tokens.User user) {
        List<Map<String, Object>> rows = new ArrayList<>(noted);
        for (String field : List.of("dag_id", "run_id", "task_id", "event", "owner")) {
            call.query(field).ifPresent(value -> rows.removeIf(r -> !value.equals(r.get(field))));
        }
        java.util.Collections.reverse(rows);
        return AirflowRoutes.page(call, "event_logs", rows);
    }

    private Answer event(HttpCall call, Tokens.User user) {
        String id = call.variable("id");
        return Answer.json(noted.stream()
                .filter(row -> id.equals(String.valueOf(row.get("event_log_id"))))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "The Event Log with id: `" + id + "` not found")));
    }

    private Answer stats(HttpCall call, Tokens.User user) {
        List<String> wanted = call.queryAll("dag_ids");
        List<Map<String, Object>> dags = new ArrayList<>();
        for (DagRow dag : state.known()) {
            if (wanted.isEmpty() || wanted.contains(dag.dagId)) {
                List<Map<String, Object>> stats = new ArrayList<>();
                for (String word : List.of("queued", "running", "success", "failed")) {
                    long count = dag.runs.values().stream()
                            .filter(r -> r.state.equals(word))
                            .count();
                    stats.add(Map.of("state", word, "count", count));
                }
                dags.add(Map.of("dag_id", Objects.requireNonNull(dag.dagId), "stats", stats));
            }
        }
        return Answer.json(Map.of("dags", dags, "total_entries", dags.size()));
    }
}
