package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What looks at or changes many runs or tasks at once, and previews of that. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class ManyRoutes {
    private static final String DAG = "/api/v2/dags/{dag}";
    private static final String RUN = DAG + "/dagRuns/{run}";
    private static final String TASK = RUN + "/taskInstances/{task}";
    private static final String GROUP = RUN + "/taskGroupInstances/{group}";

    private final AirflowState state;

    ManyRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        to.on(routes, "PATCH", "/api/v2/dags", this::pause);
        to.on(routes, "POST", "/api/v2/dags/~/dagRuns/~/taskInstances/list", this::find);
        to.on(routes, "PATCH", DAG + "/dagRuns", this::runs);
        to.on(routes, "POST", DAG + "/clearDagRuns", this::clearRuns);
        to.on(routes, "POST", DAG + "/clearPartitions", this::forget);
        to.on(routes, "POST", RUN + "/clear", (call, user) -> Answer.json(Json.run(RunRoutes.run(state, call))));
        to.on(routes, "PATCH", RUN + "/taskInstances", this::tasks);
        to.on(routes, "PATCH", GROUP, (call, user) -> mark(call, group(call), false));
        to.on(routes, "PATCH", GROUP + "/dry_run", (call, user) -> mark(call, group(call), true));
        to.on(routes, "PATCH", TASK + "/dry_run", (call, user) -> mark(call, List.of(task(call)), true));
        to.on(routes, "GET", TASK + "/tries/{try}", this::attempt);
        to.on(routes, "DELETE", TASK, (call, user) -> {
            RunRoutes.run(state, call).tasks.remove(task(call).model.taskId());
            return Answer.empty(204);
        });
    }

    private DagRow dag(HttpCall call) {
        String id = call.variable("dag");
        return state.get(id, "The Dag with ID: `" + id + "` was not found");
    }

    private TaskRow task(HttpCall call) {
        return task(RunRoutes.run(state, call), call.variable("task"));
    }

    private static TaskRow task(RunRow run, Object taskId) {
        TaskRow task = run.tasks.get(String.valueOf(taskId));
        if (task == null) {
            throw new Refusal(404, "The Task Instance with task_id: `" + taskId + "` was not found");
        }
        return task;
    }

    private Answer pause(HttpCall call, Tokens.User user) throws IOException {
        String pattern = call.query("dag_id_pattern").orElse("").replaceAll("^%|%$", "");
        boolean paused = Boolean.TRUE.equals(call.json().get("is_paused"));
        List<Map<String, Object>> changed = new ArrayList<>();
        for (DagRow dag : state.known()) {
            if (dag.dagId.contains(pattern)) {
                dag.paused = paused;
                changed.add(Json.dag(dag));
            }
        }
        return AirflowRoutes.page(call, "dags", changed);
    }

    private Answer find(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> body = call.json();
        List<Map<String, Object>> found = new ArrayList<>();
        for (DagRow dag : state.known()) {
            for (RunRow run : dag.runs.values()) {
                run.tasks.values().stream()
                        .map(t -> Json.instance(run, t))
                        .filter(t -> among(body, "dag_ids", t.get("dag_id"))
                                && among(body, "dag_run_ids", t.get("dag_run_id"))
                                && among(body, "task_ids", t.get("task_id"))
                                && among(body, "state", t.get("state"))
                                && among(body, "pool", t.get("pool"))
                                && among(body, "queue", t.get("queue")))
                        .forEach(found::add);
            }
        }
        int limit = ((Number) body.getOrDefault("page_limit", 100)).intValue();
        int offset = ((Number) body.getOrDefault("page_offset", 0)).intValue();
        return AirflowRoutes.page("task_instances", found, limit, offset);
    }

    private static boolean among(Map<String, Object> body, String field, Object value) {
        List<String> wanted = RunRoutes.strings(body.get(field));
        return wanted.isEmpty() || wanted.contains(String.valueOf(value));
    }

    /** What a bulk call is asked to do with one thing. */
    private interface Change {
        void make(Map<?, ?> entity, String id, boolean deletes);
    }

    private static Answer bulk(HttpCall call, String key, Collection<String> known, String prefix, Change change)
            throws IOException {
        Map<String, Object> results = new LinkedHashMap<>();
        for (Object each : (List<?>) call.json().get("actions")) {
            Map<?, ?> action = (Map<?, ?>) each;
            boolean deletes = "delete".equals(action.get("action"));
            List<String> done = new ArrayList<>();
            List<Object> errors = new ArrayList<>();
            for (Object entity : (List<?>) action.get("entities")) {
                Map<?, ?> fields = entity instanceof Map<?, ?> map ? map : Map.of(key, entity);
                String id = String.valueOf(fields.get(key));
                if (!known.contains(id)) {
                    errors.add(Map.of("error", prefix + id + " was not found", "status_code", 404));
                } else if (errors.isEmpty()) {
                    change.make(fields, id, deletes);
                    done.add(prefix + id);
                }
            }
            results.put(String.valueOf(action.get("action")), Map.of("success", done, "errors", errors));
        }
        return Answer.json(results);
    }

    private Answer runs(HttpCall call, Tokens.User user) throws IOException {
        DagRow dag = dag(call);
        return bulk(call, "dag_run_id", List.copyOf(dag.runs.keySet()), dag.dagId + ".", (entity, id, deletes) -> {
            if (deletes) {
                dag.runs.remove(id);
            } else if ("queued".equals(entity.get("state"))) {
                dag.runs.get(id).queue(state.now());
            } else {
                dag.runs.get(id).endFromOutside(String.valueOf(entity.get("state")), state.now());
            }
        });
    }

    private Answer tasks(HttpCall call, Tokens.User user) throws IOException {
        RunRow run = RunRoutes.run(state, call);
        String prefix = run.dag.dagId() + "." + run.id + ".";
        return bulk(call, "task_id", List.copyOf(run.tasks.keySet()), prefix, (entity, id, deletes) -> {
            if (deletes) {
                run.tasks.remove(id);
            } else {
                run.mark(task(run, id), String.valueOf(entity.get("new_state")), state.now());
            }
        });
    }

    private List<RunRow> chosen(DagRow dag, Map<String, Object> body) {
        List<RunRow> runs = new ArrayList<>();
        if (body.get("dag_runs") instanceof List<?> named) {
            for (Object each : named) {
                Object id = ((Map<?, ?>) each).get("dag_run_id");
                RunRow run = dag.runs.get(String.valueOf(id));
                if (run == null) {
                    throw new Refusal(404, "The DagRun with run_id: `" + id + "` was not found");
                }
                runs.add(run);
            }
        } else {
            dag.runs.values().stream()
                    .filter(r -> Objects.equals(body.get("partition_key"), r.partitionKey))
                    .forEach(runs::add);
        }
        return runs;
    }

    private Answer clearRuns(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> body = call.json();
        List<RunRow> runs = chosen(dag(call), body);
        if (!Boolean.FALSE.equals(body.get("dry_run"))) {
            List<Map<String, Object>> tasks = new ArrayList<>();
            runs.forEach(run -> run.tasks.values().forEach(t -> tasks.add(Json.instance(run, t))));
            return Answer.json(Map.of("task_instances", tasks, "total_entries", tasks.size()));
        }
        runs.forEach(run -> run.clear(List.copyOf(run.tasks.values()), state.now()));
        return Answer.json(Map.of("dag_runs", runs.stream().map(Json::run).toList(), "total_entries", runs.size()));
    }

    private Answer forget(HttpCall call, Tokens.User user) throws IOException {
        List<RunRow> runs = chosen(dag(call), call.json());
        runs.forEach(run -> run.partitionKey = null);
        return Answer.json(Map.of("dag_runs_cleared", runs.size(), "task_instances_cleared", 0, "dry_run", false));
    }

    private List<TaskRow> group(HttpCall call) {
        String prefix = call.variable("group") + ".";
        List<TaskRow> tasks = RunRoutes.run(state, call).tasks.values().stream()
                .filter(t -> t.model.taskId().startsWith(prefix))
                .toList();
        if (tasks.isEmpty()) {
            throw new Refusal(404, "Task group '" + call.variable("group") + "' not found");
        }
        return tasks;
    }

    private Answer mark(HttpCall call, List<TaskRow> tasks, boolean onlyTell) throws IOException {
        RunRow run = RunRoutes.run(state, call);
        String word = String.valueOf(call.json().get("new_state"));
        List<TaskRow> changed = tasks.stream().filter(t -> !t.is(word)).toList();
        if (!onlyTell) {
            changed.forEach(t -> run.mark(t, word, state.now()));
        }
        List<Map<String, Object>> told =
                changed.stream().map(t -> Json.instance(run, t)).toList();
        return Answer.json(Map.of("task_instances", told, "total_entries", told.size()));
    }

    private Answer attempt(HttpCall call, Tokens.User user) {
        int number = Integer.parseInt(call.variable("try"));
        return Answer.json(Json.tries(RunRoutes.run(state, call), task(call)).stream()
                .filter(t -> Integer.valueOf(number).equals(t.get("try_number")))
                .findFirst()
                .orElseThrow(
                        () -> new Refusal(404, "The Task Instance with try_number: `" + number + "` was not found")));
    }
}
