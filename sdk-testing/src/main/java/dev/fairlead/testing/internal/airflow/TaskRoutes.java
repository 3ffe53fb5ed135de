package dev.fairlead.testing.internal.airflow;

import dev.fairlead.spi.JsonCodec;
import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is about the tasks of runs: read, logs, outputs, mark, clear. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class TaskRoutes {
    private static final String DAG = "/api/v2/dags/{dag}";
    private static final String TASKS = DAG + "/dagRuns/{run}/taskInstances";
    private static final String TASK = TASKS + "/{task}";
    private static final Set<String> MARKS = Set.of("success", "failed", "skipped");

    private final AirflowState state;

    TaskRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        to.on(routes, "GET", TASKS, this::tasks);
        to.on(routes, "GET", TASKS + "/~/xcomEntries", this::xcoms);
        to.on(routes, "GET", TASK, (call, user) -> Answer.json(Json.instance(run(call), task(call))));
        to.on(routes, "PATCH", TASK, this::patch);
        to.on(routes, "GET", TASK + "/tries", this::tries);
        to.on(routes, "GET", TASK + "/logs/{try}", this::log);
        to.on(routes, "GET", TASK + "/xcomEntries/{key}", this::xcom);
        to.on(routes, "POST", DAG + "/clearTaskInstances", this::clear);
    }

    private RunRow run(HttpCall call) {
        return RunRoutes.run(state, call);
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

    private Answer patch(HttpCall call, Tokens.User user) throws IOException {
        RunRow run = run(call);
        TaskRow task = task(call);
        Map<String, Object> body = call.json();
        if (body.get("note") instanceof String note) {
            task.note = note.isEmpty() ? null : note;
        }
        if (body.containsKey("new_state")) {
            String word = String.valueOf(body.get("new_state"));
            if (!MARKS.contains(word)) {
                throw Refusal.invalid(
                        "value_error",
                        "new_state",
                        "Value error, '" + word + "' is not one of ['success', 'failed', 'skipped']",
                        word);
            }
            if (task.is(word)) {
                throw new Refusal(409, "Task id " + task.model.taskId() + " is already in " + word + " state");
            }
            run.mark(task, word, state.now());
        }
        List<Map<String, Object>> changed = List.of(Json.instance(run, task));
        return Answer.json(Map.of("task_instances", changed, "total_entries", 1));
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
        List<Map<String, Object>> lines = Json.log(run, task, one, state.now());
        if (call.header("Accept").filter("application/x-ndjson"::equals).isPresent()) {
            JsonCodec json = JsonCodec.camelCase();
            return Answer.text(
                    200,
                    "application/x-ndjson",
                    lines.stream().map(l -> json.text(l) + "\n").collect(Collectors.joining()));
        }
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("content", lines);
        log.put("continuation_token", null); // the whole log is there
        return Answer.json(log);
    }

    private static @Nullable Object output(TaskRow task) {
        TaskRow.Try last = task.last();
        return task.is("success") && last != null
                ? Objects.requireNonNull(last).outcome.output().orElse(null)
                : null;
    }

    private Answer xcom(HttpCall call, Tokens.User user) {
        TaskRow task = task(call);
        Object output = call.variable("key").equals("return_value") ? output(task) : null;
        if (output == null) {
            throw new Refusal(404, "XCom entry with key: `" + call.variable("key") + "` not found");
        }
        return Answer.json(Map.of("key", "return_value", "task_id", task.model.taskId(), "value", output));
    }

    private Answer xcoms(HttpCall call, Tokens.User user) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (TaskRow task : run(call).tasks.values()) {
            if (output(task) != null) {
                all.add(Map.of("key", "return_value", "task_id", task.model.taskId(), "map_index", -1));
            }
        }
        return AirflowRoutes.page(call, "xcom_entries", all);
    }

    private Answer clear(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> body = call.json();
        String dagId = call.variable("dag");
        String runId = String.valueOf(body.get("dag_run_id"));
        RunRow run = state.find(dagId)
                .map(d -> d.runs.get(runId))
                .orElseThrow(() -> new Refusal(404, "Dag Run id " + runId + " not found in dag " + dagId));
        List<TaskRow> chosen = run.chosen(
                RunRoutes.strings(body.get("task_ids")),
                Boolean.TRUE.equals(body.get("include_upstream")),
                Boolean.TRUE.equals(body.get("include_downstream")));
        boolean onlyFailed = !Boolean.FALSE.equals(body.get("only_failed"));
        List<TaskRow> meant = chosen.stream()
                .filter(t -> !onlyFailed || t.is("failed") || t.is("upstream_failed"))
                .toList();
        if (Boolean.FALSE.equals(body.get("dry_run"))) {
            run.clear(meant, state.now());
        }
        List<Map<String, Object>> told =
                meant.stream().map(t -> Json.instance(run, t)).toList();
        return Answer.json(Map.of("task_instances", told, "total_entries", told.size()));
    }
}
