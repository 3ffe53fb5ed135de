package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is about runs: trigger, read, wait, mark. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class RunRoutes {
    private static final String RUNS = "/api/v2/dags/{dag}/dagRuns";
    private static final String RUN = RUNS + "/{run}";
    private static final Set<String> FIELDS = Set.of(
            "dag_run_id",
            "data_interval_start",
            "data_interval_end",
            "logical_date",
            "run_after",
            "conf",
            "note",
            "partition_key");

    private final AirflowState state;

    RunRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        to.on(routes, "POST", RUNS, this::trigger);
        to.on(routes, "GET", RUNS, this::list);
        to.on(routes, "GET", RUN, (call, user) -> Answer.json(Json.run(run(call))));
        to.on(routes, "GET", RUN + "/wait", this::waitForEnd);
        to.on(routes, "PATCH", RUN, this::patch);
        to.on(routes, "DELETE", RUN, this::delete);
        to.on(routes, "POST", "/api/v2/dags/~/dagRuns/list", this::batch);
    }

    private Answer trigger(HttpCall call, Tokens.User user) throws IOException {
        String dagId = call.variable("dag");
        Map<String, Object> body = call.json();
        for (String field : body.keySet()) {
            if (!FIELDS.contains(field)) {
                throw Refusal.invalid("extra_forbidden", field, "Extra inputs are not permitted", "hidden");
            }
        }
        if (!body.containsKey("logical_date")) {
            throw Refusal.invalid("missing", "logical_date", "Field required", Map.of());
        }
        DagRow dag = state.find(dagId)
                .filter(d -> !d.stale)
                .orElseThrow(() -> new Refusal(404, "Dag with dag_id: '" + dagId + "' not found"));
        String runId = body.get("dag_run_id") instanceof String id ? id : "manual__" + state.now();
        if (!runId.matches("[A-Za-z0-9_.~:+-]+")) {
            throw new Refusal(
                    400, "The run_id provided '" + runId + "' does not match regex pattern '^[A-Za-z0-9_.~:+-]+$'");
        }
        RunRow run = state.trigger(
                dag,
                runId,
                date(body.get("logical_date")),
                conf(body.get("conf")),
                body.get("note") instanceof String note ? note : null,
                user.name());
        run.partitionKey = (String) body.get("partition_key");
        return Answer.json(Json.run(run));
    }

    private static @Nullable Instant date(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value.toString()).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    "datetime_from_date_parsing", "logical_date", "Input should be a valid datetime", "hidden");
        }
    }

    private static Map<String, Object> conf(@Nullable Object value) {
        Map<String, Object> conf = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> conf.put(String.valueOf(k), v));
        }
        return conf;
    }

    private Answer list(HttpCall call, Tokens.User user) {
        String dagId = call.variable("dag");
        List<String> states = call.queryAll("state");
        Instant from = call.query("logical_date_gte").map(RunRoutes::date).orElse(null);
        Instant to = call.query("logical_date_lte").map(RunRoutes::date).orElse(null);
        List<RunRow> runs = new ArrayList<>(state.get(dagId, "The Dag with ID: `" + dagId + "` was not found")
                .runs
                .values());
        runs.removeIf(r -> !states.isEmpty() && !states.contains(r.state));
        call.query("run_type").ifPresent(type -> runs.removeIf(r -> !r.type.equals(type)));
        runs.removeIf(r -> from != null && (r.logicalDate == null || r.logicalDate.isBefore(from)));
        runs.removeIf(r -> to != null && (r.logicalDate == null || r.logicalDate.isAfter(to)));
        if (call.query("order_by").filter(o -> o.startsWith("-")).isPresent()) {
            runs.sort(Comparator.comparing((RunRow r) -> r.queuedAt).reversed());
        }
        return AirflowRoutes.page(call, "dag_runs", runs.stream().map(Json::run).toList());
    }

    private Answer patch(HttpCall call, Tokens.User user) throws IOException {
        RunRow run = run(call);
        Map<String, Object> body = call.json();
        if (body.get("note") instanceof String note) {
            run.note = note.isEmpty() ? null : note;
        }
        if (body.containsKey("state")) {
            end(run, body.get("state"));
        }
        return Answer.json(Json.run(run));
    }

    private void end(RunRow run, @Nullable Object word) {
        if (!(word instanceof String text)
                || !Set.of("queued", "success", "failed").contains(text)) {
            throw Refusal.invalid("enum", "state", "Input should be 'queued', 'success' or 'failed'", "hidden");
        }
        if (text.equals("queued")) {
            run.queue(state.now());
        } else {
            run.endFromOutside(text, state.now());
        }
    }

    /** Tells the state of a run again and again until it has ended. */
    private Answer waitForEnd(HttpCall call, Tokens.User user) {
        if (!state.timePasses()) {
            throw new Refusal(404, "the clock of this server stands still while it waits");
        }
        run(call);
        long pause = (long) (1000 * Double.parseDouble(call.query("interval").orElse("1")));
        String dagId = call.variable("dag");
        String runId = call.variable("run");
        return Answer.stream(200, "application/x-ndjson", out -> {
            String word = "";
            while (!word.equals("success") && !word.equals("failed")) {
                word = state.with(() -> state.find(dagId)
                        .map(d -> d.runs.get(runId))
                        .map(r -> r.state)
                        .orElse("failed"));
                out.write(("{\"state\": \"" + word + "\"}\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                pause(pause);
            }
        });
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server ends", e);
        }
    }

    /** Lists the runs of many DAGs. */
    private Answer batch(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> body = call.json();
        List<String> states = strings(body.get("states"));
        List<RunRow> runs = new ArrayList<>();
        for (String dagId : strings(body.get("dag_ids"))) {
            state.find(dagId).ifPresent(dag -> runs.addAll(dag.runs.values()));
        }
        runs.removeIf(r -> !states.isEmpty() && !states.contains(r.state));
        if ("-end_date".equals(body.get("order_by"))) {
            runs.sort(Comparator.comparing((RunRow r) -> r.endedAt == null ? Instant.MAX : r.endedAt)
                    .reversed());
        }
        return AirflowRoutes.page(
                "dag_runs",
                runs.stream().map(Json::run).toList(),
                number(body.get("page_limit"), 100),
                number(body.get("page_offset"), 0));
    }

    private static int number(@Nullable Object value, int otherwise) {
        return value instanceof Number number ? number.intValue() : otherwise;
    }

    static List<String> strings(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private Answer delete(HttpCall call, Tokens.User user) {
        RunRow run = run(call);
        state.get(call.variable("dag"), "").runs.remove(run.id);
        return Answer.empty(204);
    }

    /** Finds a run by the variables of the route. */
    static RunRow run(AirflowState state, HttpCall call) {
        String dagId = call.variable("dag");
        String runId = call.variable("run");
        return state.find(dagId)
                .map(d -> d.runs.get(runId))
                .orElseThrow(() -> new Refusal(
                        404, "The DagRun with dag_id: `" + dagId + "` and run_id: `" + runId + "` was not found"));
    }

    private RunRow run(HttpCall call) {
        return run(state, call);
    }
}
