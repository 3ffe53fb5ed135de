package dev.fairlead.airflow.internal;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.ClearRequest;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.ManyRuns;
import dev.fairlead.airflow.Runs;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TaskLogLine;
import dev.fairlead.airflow.TaskQuery;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.airflow.internal.surface.RunSurface;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.Poller.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs on the server. */
final class DefaultRuns implements Runs {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final int MAX_NOTE = 1000;
    private static final Set<DagRunState> RUN_MARKS =
            Set.of(DagRunState.SUCCESS, DagRunState.FAILED, DagRunState.QUEUED);
    private static final Set<TaskState> TASK_MARKS = Set.of(TaskState.SUCCESS, TaskState.FAILED, TaskState.SKIPPED);

    private final Supplier<ServerApi> api;
    private final RunWaits waits;
    private final Supplier<RunSurface> more;

    DefaultRuns(Supplier<ServerApi> api, RunWaits waits, Supplier<RunSurface> more) {
        this.api = api;
        this.waits = waits;
        this.more = more;
    }

    @Override
    public Operation<DagRun> trigger(String dagId, Consumer<TriggerRequest.Builder> request) {
        TriggerRequest.Builder builder = TriggerRequest.builder();
        request.accept(builder);
        DagRun run = new Trigger(api.get(), waits.platform().clock()).trigger(dagId, builder.build());
        return follow(run.dagId(), run.id());
    }

    @Override
    public Operation<DagRun> operation(String operationId) {
        int slash = operationId.indexOf('/');
        check(
                slash > 0 && slash < operationId.length() - 1,
                "operationId",
                "must be that of a run, such as flights/2025-01-05",
                operationId);
        return follow(operationId.substring(0, slash), operationId.substring(slash + 1));
    }

    private static void check(boolean holds, String place, String rule, Object value) {
        if (!holds) {
            throw new InvalidValueException(
                    place, List.of(new InvalidValueException.Problem(place, rule, "'" + value + "'")));
        }
    }

    private Operation<DagRun> follow(String dagId, String runId) {
        return new RunOperation(waits, new RunKey(dagId, runId));
    }

    @Override
    public DagRun get(String dagId, String runId) {
        return api.get().run(dagId, runId, null);
    }

    @Override
    public Optional<DagRun> find(String dagId, String runId) {
        return api.get().findRun(dagId, runId, null);
    }

    @Override
    public PagedIterable<DagRun> list(String dagId, DagRunState... states) {
        return api.get().runs(dagId, List.of(states));
    }

    @Override
    public PagedIterable<TaskInstance> tasks(String dagId, String runId) {
        return api.get().tasks(dagId, runId, null);
    }

    @Override
    public TaskInstance task(String dagId, String runId, String taskId, int mapIndex) {
        return api.get().task(new TaskKey(dagId, runId, taskId, mapIndex));
    }

    @Override
    public List<TaskInstance> tries(String dagId, String runId, String taskId, int mapIndex) {
        return api.get().tries(new TaskKey(dagId, runId, taskId, mapIndex));
    }

    @Override
    public List<TaskLog> logs(String dagId, String runId, String taskId, int mapIndex) {
        ServerApi server = api.get();
        TaskKey task = new TaskKey(dagId, runId, taskId, mapIndex);
        List<TaskLog> logs = new ArrayList<>();
        for (TaskInstance one : server.tries(task)) {
            logs.add(server.log(task, one.tryNumber()));
        }
        return List.copyOf(logs);
    }

    @Override
    public TaskLog log(String dagId, String runId, String taskId, int mapIndex, int tryNumber) {
        return api.get().log(new TaskKey(dagId, runId, taskId, mapIndex), tryNumber);
    }

    @Override
    public Operation<TaskInstance> followLog(
            String dagId, String runId, String taskId, Consumer<TaskLogLine> listener) {
        LogFollow follow = new LogFollow(api.get(), dagId, runId, taskId, listener);
        return waits.platform()
                .poller()
                .operation(new Spec<>(
                        follow.operationId(),
                        "airflow log of task " + follow.operationId(),
                        new Waiting<>(follow),
                        FIRST,
                        LONGEST,
                        null));
    }

    private Outputs outputs() {
        return new Outputs(api.get());
    }

    @Override
    public Optional<Object> output(String dagId, String runId, String taskId) {
        return api.get().output(new TaskKey(dagId, runId, taskId, -1));
    }

    @Override
    public <T> Optional<T> output(String dagId, String runId, String taskId, Class<T> type) {
        return output(dagId, runId, taskId, -1, type);
    }

    @Override
    public <T> Optional<T> output(String dagId, String runId, String taskId, int mapIndex, Class<T> type) {
        return outputs().typed(new TaskKey(dagId, runId, taskId, mapIndex), type);
    }

    @Override
    public SortedMap<Integer, Object> mappedOutput(String dagId, String runId, String taskId) {
        return outputs().mapped(dagId, runId, taskId);
    }

    @Override
    public SortedMap<String, Object> outputs(String dagId, String runId) {
        return outputs().all(dagId, runId);
    }

    @Override
    public DagRun cancel(String dagId, String runId) {
        return api.get().endRun(dagId, runId, DagRunState.FAILED);
    }

    private static ClearRequest request(Consumer<ClearRequest.Builder> request) {
        ClearRequest.Builder builder = ClearRequest.builder();
        request.accept(builder);
        return builder.build();
    }

    @Override
    public Operation<DagRun> clear(String dagId, String runId, Consumer<ClearRequest.Builder> request) {
        api.get().clear(dagId, runId, request(request), false);
        return follow(dagId, runId);
    }

    @Override
    public List<TaskInstance> preview(String dagId, String runId, Consumer<ClearRequest.Builder> request) {
        return api.get().clear(dagId, runId, request(request), true);
    }

    @Override
    public DagRun mark(String dagId, String runId, DagRunState state) {
        check(RUN_MARKS.contains(state), "state", "must be success, failed or queued", state);
        return api.get().endRun(dagId, runId, state);
    }

    @Override
    public TaskInstance markTask(String dagId, String runId, String taskId, int mapIndex, TaskState state) {
        checkMark(state);
        ServerApi server = api.get();
        TaskKey task = new TaskKey(dagId, runId, taskId, mapIndex);
        try {
            server.markTask(task, state);
            return server.task(task);
        } catch (ConflictException e) {
            TaskInstance now = server.task(task);
            if (now.state().equals(state)) {
                return now; // it was so before, or our own answer was lost
            }
            throw e;
        }
    }

    @Override
    public DagRun note(String dagId, String runId, String note) {
        checkNote(note);
        return api.get().noteRun(dagId, runId, note);
    }

    @Override
    public TaskInstance noteTask(String dagId, String runId, String taskId, String note) {
        checkNote(note);
        ServerApi server = api.get();
        TaskKey task = new TaskKey(dagId, runId, taskId, -1);
        server.noteTask(task, note);
        return server.task(task);
    }

    private static void checkNote(String note) {
        check(
                note.length() <= MAX_NOTE,
                "note",
                "must be at most " + MAX_NOTE + " characters",
                note.length() + " characters");
    }

    private static void checkMark(TaskState state) {
        check(TASK_MARKS.contains(state), "state", "must be success, failed or skipped", state);
    }

    @Override
    public List<TaskInstance> previewMark(String dagId, String runId, String taskId, int mapIndex, TaskState state) {
        checkMark(state);
        return more.get().previewMark(new TaskKey(dagId, runId, taskId, mapIndex), state);
    }

    @Override
    public List<TaskInstance> markGroup(String dagId, String runId, String groupId, TaskState state) {
        checkMark(state);
        return more.get().markGroup(dagId, runId, groupId, state, false);
    }

    @Override
    public List<TaskInstance> previewMarkGroup(String dagId, String runId, String groupId, TaskState state) {
        checkMark(state);
        return more.get().markGroup(dagId, runId, groupId, state, true);
    }

    @Override
    public TaskInstance attempt(String dagId, String runId, String taskId, int mapIndex, int tryNumber) {
        return more.get().attempt(new TaskKey(dagId, runId, taskId, mapIndex), tryNumber);
    }

    @Override
    public PagedIterable<TaskInstance> findTasks(Consumer<TaskQuery.Builder> query) {
        TaskQuery.Builder builder = TaskQuery.builder();
        query.accept(builder);
        return more.get().find(builder.build());
    }

    @Override
    public Operation<DagRun> runNewTasks(String dagId, String runId) {
        more.get().runNewTasks(dagId, runId);
        return follow(dagId, runId);
    }

    @Override
    public boolean deleteTask(String dagId, String runId, String taskId, int mapIndex) {
        return more.get().delete(new TaskKey(dagId, runId, taskId, mapIndex));
    }

    @Override
    public ManyRuns many(String dagId) {
        return more.get().many(dagId);
    }

    @Override
    public void delete(String dagId, String runId) {
        api.get().deleteRun(dagId, runId);
    }
}
