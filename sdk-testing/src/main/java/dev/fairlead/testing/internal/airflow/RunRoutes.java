package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is about runs: trigger, read, end, and their tasks with logs and outputs. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class RunRoutes {
    private static final String RUNS = "/api/v2/dags/{dag}/dagRuns";
    private static final String RUN = RUNS + "/{run}";
    private static final String TASKS = RUN + "/taskInstances";
    private static final String TASK = TASKS + "/{task}";
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
        to.on(routes, "PATCH", RUN, this::end);
        to.on(routes, "DELETE", RUN, this::delete);
        to.on(routes, "GET", TASKS, this::tasks);
        to.on(routes, "GET", TASK, (call, user) -> Answer.json(Json.instance(run(call), task(call))));
        to.on(routes, "GET", TASK + "/tries", this::tries);
        to.on(routes, "GET", TASK + "/logs/{try}", this::log);
        to.on(routes, "GET", TASK + "/xcomEntries/{key}", this::xcom);
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
        runs.removeIf(r -> from != null && (r.logicalDate == null || r.logicalDate.isBefore(from)));
        runs.removeIf(r -> to != null && (r.logicalDate == null || r.logicalDate.isAfter(to)));
        if (call.query("order_by").filter(o -> o.startsWith("-")).isPresent()) {
            runs.sort(Comparator.comparing((RunRow r) -> r.queuedAt).reversed());
        }
        return AirflowRoutes.page(call, "dag_runs", runs.stream().map(Json::run).toList());
    }

    private RunRow run(HttpCall call) {
        String dagId = call.variable("dag");
        String runId = call.variable("run");
        return state.find(dagId)
                .map(d -> d.runs.get(runId))
                .orElseThrow(() -> new Refusal(
                        404, "The DagRun with dag_id: `" + dagId + "` and run_id: `" + runId + "` was not found"));
    }

    private Answer end(HttpCall call, Tokens.User user) throws IOException {
        RunRow run = run(call);
        Object word = call.json().get("state");
        if (!(word instanceof String text)
                || !Set.of("queued", "success", "failed").contains(text)) {
            throw Refusal.invalid("enum", "state", "Input should be 'queued', 'success' or 'failed'", "hidden");
        }
        if (!text.equals("queued")) {
            run.endFromOutside(text, state.now());
        }
        return Answer.json(Json.run(run));
    }

    private Answer delete(HttpCall call, Tokens.User user) {
        RunRow run = run(call);
        state.get(call.variable("dag"), "").runs.remove(run.id);
        return Answer.empty(204);
    }

    private Answer tasks(HttpCall call, Tokens.User user) {
        RunRow run = run(call);
        List<String> states = call.queryAll("state");
        List<Map<String, Object>> tasks = run.tasks.values().stream()
                .filter(t -> states.isEmpty() || states.contains(String.valueOf(t.state)))
                .map(t -> Json.instance(run, t))
                .toList();
        return AirflowRoutes.page(call, "task_instances", tasks);
    }

    private TaskRow task(HttpCall call) {
        TaskRow task = run(call).tasks.get(call.variable("task"));
        if (task == null) {
            throw new Refusal(404, "TaskInstance not found");
        }
        return task;
    }

    private Answer tries(HttpCall call, Tokens.User user) {
        List<Map<String, Object>> tries = Json.tries(run(call), task(call));
        return Answer.json(Map.of("task_instances", tries, "total_entries", tries.size()));
    }

    private Answer log(HttpCall call, Tokens.User user) {
        RunRow run = run(call);
        TaskRow task = task(call);
        int number = Integer.parseInt(call.variable("try"));
        TaskRow.Try one = number >= 1 && number <= task.tries.size() ? task.tries.get(number - 1) : null;
        if (one == null && number > 0 && !(task.ended() && task.tries.isEmpty())) {
            throw new Refusal(404, "TaskInstance not found");
        }
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("content", Json.log(run, task, one));
        log.put("continuation_token", null); // the whole log is there
        return Answer.json(log);
    }

    private Answer xcom(HttpCall call, Tokens.User user) {
        TaskRow task = task(call);
        TaskRow.Try last = task.last();
        boolean there = call.variable("key").equals("return_value") && task.is("success") && last != null;
        Object output = there ? Objects.requireNonNull(last).outcome.output().orElse(null) : null;
        if (output == null) {
            throw new Refusal(404, "XCom entry with key: `" + call.variable("key") + "` not found");
        }
        return Answer.json(Map.of("key", "return_value", "task_id", task.model.taskId(), "value", output));
    }
}
