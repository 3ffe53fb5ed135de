package dev.fairlead.airflow.internal.surface;

import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.ManyRuns;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.admin.BulkResult;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.spi.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Many runs of a DAG on the server.
 *
 * @param surface the calls
 * @param dagId the DAG
 */
record DefaultManyRuns(Surface surface, String dagId) implements ManyRuns {
    /** What a run may be marked as. */
    private static final Set<DagRunState> RUN_MARKS =
            Set.of(DagRunState.SUCCESS, DagRunState.FAILED, DagRunState.QUEUED);

    /** What a task may be marked as. */
    private static final Set<TaskState> TASK_MARKS = Set.of(TaskState.SUCCESS, TaskState.FAILED, TaskState.SKIPPED);

    private void require() {
        surface.require("changes of many runs", 3, 3);
    }

    private static <T> void check(Set<T> known, T state, String... ids) {
        Problems.check("changes", (Problems.Checked) at -> {
            at.require(known.contains(state), "state", "must be one of " + names(known), state);
            ids(at, ids);
        });
    }

    private static List<String> names(Set<?> states) {
        return states.stream().map(Object::toString).sorted().toList();
    }

    private static void check(String... ids) {
        Problems.check("changes", (Problems.Checked) at -> ids(at, ids));
    }

    private static void ids(Problems at, String... ids) {
        at.require(ids.length > 0, "ids", "must be one at least", null);
        List.of(ids).forEach(id -> at.requireText("ids", id));
    }

    @Override
    public BulkResult mark(DagRunState state, String... runIds) {
        check(RUN_MARKS, state, runIds);
        require();
        return runs(action("update", runIds, id -> Map.of("dag_run_id", id, "state", state.value())));
    }

    @Override
    public BulkResult delete(String... runIds) {
        check(runIds);
        require();
        return runs(action("delete", runIds, id -> id));
    }

    private static Map<String, Object> action(String what, String[] ids, Function<String, Object> entity) {
        return Map.of(
                "action",
                what,
                "action_on_non_existence",
                "fail",
                "entities",
                Stream.of(ids).map(entity).toList());
    }

    private BulkResult runs(Map<String, Object> action) {
        String path = surface.dag(dagId) + "/dagRuns";
        return named(BulkCalls.send(surface, "dagRuns", path, List.of(action)), dagId + ".");
    }

    /** The server names a run with its DAG in front, a task with its run too. */
    private static BulkResult named(BulkResult result, String prefix) {
        return new BulkResult(
                List.of(), plain(result.updated(), prefix), plain(result.deleted(), prefix), result.problems());
    }

    private static List<String> plain(List<String> names, String prefix) {
        return names.stream()
                .map(n -> n.startsWith(prefix) ? n.substring(prefix.length()) : n)
                .map(n -> n.endsWith("[-1]") ? n.substring(0, n.length() - 4) : n)
                .toList();
    }

    @Override
    public List<DagRun> clear(String... runIds) {
        check(runIds);
        return cleared(byId(runIds));
    }

    @Override
    public List<TaskInstance> preview(String... runIds) {
        check(runIds);
        return previewed(byId(runIds));
    }

    private static Map<String, Object> byId(String... runIds) {
        return Map.of(
                "dag_runs",
                Stream.of(runIds).map(id -> Map.of("dag_run_id", id)).toList());
    }

    @Override
    public List<DagRun> clearPartition(String partitionKey) {
        return cleared(byPartition(partitionKey));
    }

    @Override
    public List<TaskInstance> previewPartition(String partitionKey) {
        return previewed(byPartition(partitionKey));
    }

    private static Map<String, Object> byPartition(String partitionKey) {
        check(partitionKey);
        return Map.of("partition_key", partitionKey);
    }

    private List<DagRun> cleared(Map<String, Object> which) {
        return Surface.list(clear(which, false, Wire.Runs.class).dagRuns()).stream()
                .map(Values::run)
                .toList();
    }

    private List<TaskInstance> previewed(Map<String, Object> which) {
        return RunSurface.tasks(clear(which, true, Wire.Tasks.class));
    }

    private <T> T clear(Map<String, Object> which, boolean onlyTell, Class<T> type) {
        require();
        return post("clearDagRuns", which, onlyTell, type);
    }

    private <T> T post(String verb, Map<String, Object> which, boolean onlyTell, Class<T> type) {
        Map<String, Object> body = new LinkedHashMap<>(which);
        body.put("dry_run", onlyTell);
        return surface.call(surface.send("dags/" + verb, "POST", surface.dag(dagId) + "/" + verb, body, type)
                .repeatable());
    }

    @Override
    public int forgetPartition(String partitionKey) {
        Map<String, Object> which = byPartition(partitionKey);
        require();
        return Surface.number(
                post("clearPartitions", which, false, Wire.Cleared.class).dagRunsCleared());
    }

    @Override
    public BulkResult markTasks(String runId, TaskState state, String... taskIds) {
        check(TASK_MARKS, state, taskIds);
        return tasks(runId, action("update", taskIds, id -> Map.of("task_id", id, "new_state", state.value())));
    }

    @Override
    public BulkResult deleteTasks(String runId, String... taskIds) {
        check(taskIds);
        return tasks(runId, action("delete", taskIds, id -> Map.of("task_id", id)));
    }

    private BulkResult tasks(String runId, Map<String, Object> action) {
        surface.require("changes of many tasks", 3, 1);
        String path = surface.run(dagId, runId) + "/taskInstances";
        List<Map<String, Object>> actions = new ArrayList<>();
        actions.add(action);
        return named(BulkCalls.send(surface, "taskInstances", path, actions), dagId + "." + runId + ".");
    }
}
