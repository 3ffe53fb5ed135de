package dev.fairlead.testing.internal.airflow;

import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import dev.fairlead.testing.internal.http.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Outputs of tasks: what they returned, and what was written from outside. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class XComRoutes {
    private static final String ENTRIES = "/api/v2/dags/{dag}/dagRuns/{run}/taskInstances/{task}/xcomEntries";
    private static final String RETURNED = "return_value@-1";

    private final AirflowState state;

    XComRoutes(AirflowState state) {
        this.state = state;
    }

    void addTo(Routes routes, AirflowRoutes to) {
        to.on(routes, "GET", ENTRIES, this::list);
        to.on(routes, "POST", ENTRIES, this::create);
        to.on(routes, "GET", ENTRIES + "/{key}", this::get);
        to.on(routes, "PATCH", ENTRIES + "/{key}", this::update);
        to.on(routes, "DELETE", ENTRIES + "/{key}", this::delete);
    }

    private TaskRow task(HttpCall call) {
        TaskRow task = RunRoutes.run(state, call).tasks.get(call.variable("task"));
        if (task == null) {
            throw new Refusal(404, "TaskInstance not found");
        }
        return task;
    }

    private static Map<String, Object> outputs(TaskRow task) {
        Map<String, Object> outputs = new LinkedHashMap<>();
        TaskRow.Try last = task.last();
        if (task.is("success") && last != null) {
            last.outcome.output().ifPresent(value -> outputs.put(RETURNED, value));
        }
        outputs.putAll(task.outputs);
        return outputs;
    }

    private Answer list(HttpCall call, Tokens.User user) {
        RunRow run = RunRoutes.run(state, call);
        List<TaskRow> tasks = call.variable("task").equals("~") ? List.copyOf(run.tasks.values()) : List.of(task(call));
        List<Map<String, Object>> all = new ArrayList<>();
        tasks.forEach(task -> outputs(task).keySet().forEach(slot -> all.add(entry(run, task, slot))));
        return AirflowRoutes.page(call, "xcom_entries", all);
    }

    private Map<String, Object> entry(RunRow run, TaskRow task, String slot) {
        int at = slot.lastIndexOf('@');
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("key", slot.substring(0, at));
        entry.put("map_index", Integer.parseInt(slot.substring(at + 1)));
        entry.put("task_id", task.model.taskId());
        entry.put("dag_id", run.dag.dagId());
        entry.put("run_id", run.id);
        entry.put("timestamp", Json.time(Objects.requireNonNullElse(task.endedAt, state.now())));
        return entry;
    }

    private Answer answer(HttpCall call, int status, String slot, @Nullable Object value) {
        Map<String, Object> entry = entry(RunRoutes.run(state, call), task(call), slot);
        entry.put("value", value);
        return Answer.json(status, entry);
    }

    private static String slot(HttpCall call, @Nullable Object mapIndex) {
        return call.variable("key") + "@" + Objects.requireNonNullElse(mapIndex, -1);
    }

    private Answer get(HttpCall call, Tokens.User user) {
        String slot = slot(call, call.query("map_index").orElse("-1"));
        Map<String, Object> outputs = outputs(task(call));
        if (!outputs.containsKey(slot)) {
            throw new Refusal(404, "XCom entry with key: `" + call.variable("key") + "` not found");
        }
        return answer(call, 200, slot, outputs.get(slot));
    }

    private Answer create(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> body = call.json();
        String slot = body.get("key") + "@" + Objects.requireNonNullElse(body.get("map_index"), -1);
        if (outputs(task(call)).containsKey(slot)) {
            throw new Refusal(
                    409, "The XCom with key: `" + body.get("key") + "` with mentioned task instance already exists.");
        }
        task(call).outputs.put(slot, body.get("value"));
        return answer(call, 201, slot, body.get("value"));
    }

    private Refusal missing(HttpCall call) {
        return new Refusal(
                404, "The XCom with key: `" + call.variable("key") + "` with mentioned task instance doesn't exist.");
    }

    private Answer update(HttpCall call, Tokens.User user) throws IOException {
        Map<String, Object> body = call.json();
        String slot = slot(call, body.get("map_index"));
        if (!outputs(task(call)).containsKey(slot)) {
            throw missing(call);
        }
        task(call).outputs.put(slot, body.get("value"));
        return answer(call, 200, slot, body.get("value"));
    }

    private Answer delete(HttpCall call, Tokens.User user) {
        String slot = slot(call, call.query("map_index").orElse("-1"));
        if (!task(call).outputs.containsKey(slot)) {
            throw missing(call);
        }
        task(call).outputs.remove(slot);
        return Answer.empty(204);
    }
}
