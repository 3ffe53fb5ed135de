package dev.fairlead.airflow.internal.surface;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.airflow.ManyRuns;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskQuery;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.internal.TaskKey;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.ConflictException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Pages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server offers about tasks of runs beside reading and marking them. */
public final class RunSurface {
    private static final int PAGE = 100;

    private final Surface surface;

    /** Creates the calls. */
    public RunSurface(Surface surface) {
        this.surface = surface;
    }

    /** Returns the calls that change many at once. */
    public ManyRuns many(String dagId) {
        return new DefaultManyRuns(surface, dagId);
    }

    private String path(TaskKey task) {
        return surface.task(task.dagId(), task.runId(), task.taskId())
                + (task.mapIndex() < 0 ? "" : "/" + task.mapIndex());
    }

    /** Tells what marking a task would change. */
    public List<TaskInstance> previewMark(TaskKey task, TaskState state) {
        surface.require("previews of marks", 3, 0);
        return mark("taskInstances/previewMark", path(task) + "/dry_run", state);
    }

    private List<TaskInstance> mark(String operation, String path, TaskState state) {
        return tasks(surface.call(
                surface.send(operation, "PATCH", path, Map.of("new_state", state.value()), Wire.Tasks.class)
                        .repeatable()));
    }

    static List<TaskInstance> tasks(Wire.Tasks wire) {
        return Surface.list(wire.taskInstances()).stream().map(Values::task).toList();
    }

    /** Marks the tasks of a group, or tells what that would change. */
    public List<TaskInstance> markGroup(String dagId, String runId, String groupId, TaskState state, boolean onlyTell) {
        surface.require("marks of groups", 3, 3);
        String path = surface.run(dagId, runId) + "/taskGroupInstances/" + CallSpec.encode(groupId);
        try {
            return mark("taskGroups/mark", path + (onlyTell ? "/dry_run" : ""), state);
        } catch (ConflictException e) {
            return List.of(); // all are so already
        }
    }

    /** Reads one try. */
    public TaskInstance attempt(TaskKey task, int tryNumber) {
        String path = path(task) + "/tries/" + tryNumber;
        return Values.task(surface.call(surface.get("taskInstances/try", path, Wire.Task.class)));
    }

    /** Finds tasks of any runs. */
    public PagedIterable<TaskInstance> find(TaskQuery query) {
        return Pages.of("airflow taskInstances/batch", token -> {
            int offset = token == null ? 0 : Integer.parseInt(token);
            Map<String, Object> body = body(query);
            body.put("page_limit", PAGE);
            body.put("page_offset", offset);
            Wire.Tasks wire = surface.call(surface.send(
                            "taskInstances/batch",
                            "POST",
                            surface.root() + "/dags/~/dagRuns/~/taskInstances/list",
                            body,
                            Wire.Tasks.class)
                    .repeatable());
            List<TaskInstance> got = tasks(wire);
            int next = offset + got.size();
            boolean more = !got.isEmpty() && (wire.totalEntries() == null || next < wire.totalEntries());
            return new Page<>(got, more ? String.valueOf(next) : null);
        });
    }

    private static Map<String, Object> body(TaskQuery query) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "dag_ids", query.dagIds());
        put(body, "dag_run_ids", query.runIds());
        put(body, "task_ids", query.taskIds());
        put(body, "state", query.states().stream().map(TaskState::value).toList());
        put(body, "pool", query.pools());
        put(body, "queue", query.queues());
        query.startedFrom().ifPresent(from -> body.put("start_date_gte", from.toString()));
        query.startedTo().ifPresent(to -> body.put("start_date_lte", to.toString()));
        return body;
    }

    private static void put(Map<String, Object> body, String name, List<String> values) {
        if (!values.isEmpty()) {
            body.put(name, values);
        }
    }

    /** Lets tasks run that the DAG has got since the run. */
    public void runNewTasks(String dagId, String runId) {
        surface.require("runs of new tasks", 3, 2);
        surface.call(surface.send(
                        "dagRuns/clear",
                        "POST",
                        surface.run(dagId, runId) + "/clear",
                        Map.of("dry_run", false, "only_new", true),
                        Decoder.nothing())
                .repeatable());
    }

    /** Forgets a task of a run. */
    public boolean delete(TaskKey task) {
        surface.require("deleting tasks of runs", 3, 1);
        return surface.delete(
                "taskInstances/delete",
                surface.task(task.dagId(), task.runId(), task.taskId()) + "?map_index=" + task.mapIndex());
    }
}
