package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Backfills. Whatever the schedule is, each day has one run. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class BackfillRoutes {
    private static final String ROOT = "/api/v2/backfills";
    private static final Duration STEP = Duration.ofDays(1);

    private final AirflowState state;
    private final List<Row> rows = new ArrayList<>();

    private static final class Row {
        final int id;
        final Map<String, Object> body;
        final List<RunRow> runs = new ArrayList<>();
        final Instant createdAt;
        boolean paused;

        @Nullable
        Instant completedAt;

        Row(int id, Map<String, Object> body, Instant createdAt) {
            this.id = id;
            this.body = body;
            this.createdAt = createdAt;
        }
    }

    BackfillRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        to.on(routes, "GET", ROOT, this::list);
        to.on(routes, "POST", ROOT, (call, user) -> Answer.json(json(create(call.json(), user.name()))));
        to.on(routes, "POST", ROOT + "/dry_run", this::dryRun);
        to.on(routes, "GET", ROOT + "/{id}", (call, user) -> Answer.json(json(row(call))));
        to.on(routes, "PUT", ROOT + "/{id}/pause", (call, user) -> pause(call, true));
        to.on(routes, "PUT", ROOT + "/{id}/unpause", (call, user) -> pause(call, false));
        to.on(routes, "PUT", ROOT + "/{id}/cancel", this::cancel);
    }

    private Row row(HttpCall call) {
        Row row = rows.stream()
                .filter(r -> String.valueOf(r.id).equals(call.variable("id")))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "Backfill not found"));
        complete(row);
        return row;
    }

    private void complete(Row row) {
        if (row.completedAt == null && row.runs.stream().allMatch(RunRow::ended)) {
            row.completedAt = state.now();
        }
    }

    private Row open(HttpCall call) {
        Row row = row(call);
        if (row.completedAt != null) {
            throw new Refusal(409, "Backfill is already completed.");
        }
        return row;
    }

    private Answer list(HttpCall call, Tokens.User user) {
        String dagId = call.query("dag_id").orElseThrow();
        List<Map<String, Object>> all = new ArrayList<>();
        rows.forEach(this::complete);
        rows.stream().filter(r -> dagId.equals(r.body.get("dag_id"))).forEach(r -> all.add(0, json(r)));
        return AirflowRoutes.page(call, "backfills", all);
    }

    private DagRow dag(Map<String, Object> body) {
        String dagId = String.valueOf(body.get("dag_id"));
        DagRow dag = state.get(dagId, "Could not find dag " + dagId);
        if (dag.parsed.schedule().equals("manual")) {
            throw new Refusal(422, dagId + " has a non-periodic schedule that does not support backfills");
        }
        return dag;
    }

    private static Instant date(Map<String, Object> body, String field) {
        return OffsetDateTime.parse(String.valueOf(body.get(field))).toInstant();
    }

    private static List<Instant> days(DagRow dag, Map<String, Object> body) {
        List<Instant> days = new ArrayList<>();
        Instant to = date(body, "to_date");
        for (Instant day = date(body, "from_date"); !day.isAfter(to); day = day.plus(STEP)) {
            Instant date = day;
            if (dag.runs.values().stream().noneMatch(r -> date.equals(r.logicalDate))) {
                days.add(day);
            }
        }
        return days;
    }

    private Answer dryRun(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> body = call.json();
        List<Map<String, Object>> planned = days(dag(body), body).stream()
                .map(day -> Map.<String, Object>of("logical_date", day.toString()))
                .toList();
        return Answer.json(Map.of("backfills", planned, "total_entries", planned.size()));
    }

    private Row create(Map<String, Object> body, String user) {
        DagRow dag = dag(body);
        rows.forEach(this::complete);
        if (rows.stream().anyMatch(r -> r.completedAt == null && dag.dagId.equals(r.body.get("dag_id")))) {
            throw new Refusal(409, "There is already a running backfill for dag " + dag.dagId);
        }
        Row row = new Row(rows.size() + 1, body, state.now());
        for (Instant day : days(dag, body)) {
            RunRow run = state.trigger(dag, "backfill__" + day, day, Map.of(), null, user);
            run.type = "backfill";
            row.runs.add(run);
        }
        rows.add(row);
        return row;
    }

    private Answer pause(HttpCall call, boolean paused) {
        Row row = open(call);
        row.paused = paused;
        return Answer.json(json(row));
    }

    private Answer cancel(HttpCall call, Tokens.User user) {
        Row row = open(call);
        row.paused = true;
        row.runs.stream().filter(r -> r.state.equals("queued")).forEach(r -> r.endFromOutside("failed", state.now()));
        row.completedAt = state.now();
        return Answer.json(json(row));
    }

    private static Map<String, Object> json(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id);
        json.put("dag_id", row.body.get("dag_id"));
        json.put("from_date", row.body.get("from_date"));
        json.put("to_date", row.body.get("to_date"));
        json.put("dag_run_conf", row.body.get("dag_run_conf"));
        json.put("is_paused", row.paused);
        json.put("reprocess_behavior", row.body.getOrDefault("reprocess_behavior", "none"));
        json.put("max_active_runs", row.body.getOrDefault("max_active_runs", 10));
        json.put("created_at", row.createdAt.toString());
        json.put("completed_at", Json.time(row.completedAt));
        return json;
    }
}
