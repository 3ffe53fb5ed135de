package dev.fairlead.airflow.internal.rest;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.ClearRequest;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.LogLine;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.airflow.internal.RunApi;
import dev.fairlead.airflow.internal.TaskKey;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Repeat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What both generations of the REST API say about runs in the same words. */
public abstract class RestRuns extends RestCalls implements RunApi {
    protected static final String RETURNED = "return_value";

    protected RestRuns(HttpCalls calls, String root) {
        super(calls, root);
    }

    /** Starts a run by what is sent for it; on a lost answer looks for it by its id. */
    protected DagRun trigger(String dagId, String runId, Map<String, @Nullable Object> body) {
        CallSpec.Builder<Wire.Run> post = CallSpec.post(
                "dagRuns/trigger",
                dagPath(dagId) + "/dagRuns",
                Body.json(JSON.write(body)),
                Decoder.json(JSON, Wire.Run.class));
        post.repeat(Repeat.reconcile(deadline -> found(() -> getRun(dagId, runId, deadline))));
        return Values.run(call(post, null));
    }

    protected static Map<String, @Nullable Object> body(String runId, TriggerRequest request) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("dag_run_id", runId);
        body.put("conf", request.conf());
        request.note().ifPresent(note -> body.put("note", note));
        return body;
    }

    private Wire.Run getRun(String dagId, String runId, @Nullable Deadline deadline) {
        return call(get("dagRuns/get", runPath(dagId, runId), Wire.Run.class), deadline);
    }

    @Override
    public DagRun run(String dagId, String runId, @Nullable Deadline deadline) {
        return Values.run(getRun(dagId, runId, deadline));
    }

    @Override
    public Optional<DagRun> findRun(String dagId, String runId, @Nullable Deadline deadline) {
        return found(() -> run(dagId, runId, deadline));
    }

    @Override
    public PagedIterable<DagRun> runsOf(
            Collection<String> dagIds, List<DagRunState> states, @Nullable Deadline deadline) {
        return Pages.of("airflow dagRuns/list", token -> {
            int offset = token == null ? 0 : Integer.parseInt(token);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("dag_ids", List.copyOf(dagIds));
            body.put("states", states.stream().map(DagRunState::value).toList());
            body.put("order_by", "-end_date");
            body.put("page_limit", PAGE);
            body.put("page_offset", offset);
            Wire.Runs wire = call(runsOf(body), deadline);
            return page(Values.list(wire.dagRuns()).stream().map(Values::run).toList(), wire.totalEntries(), offset);
        });
    }

    private CallSpec.Builder<Wire.Runs> runsOf(Map<String, Object> body) {
        return CallSpec.post(
                        "dagRuns/batch",
                        path("/dags/~/dagRuns/list"),
                        Body.json(JSON.write(body)),
                        Decoder.json(JSON, Wire.Runs.class))
                .repeatable();
    }

    protected static Listing<Wire.Runs, Wire.Run, DagRun> runList(Supplier<CallSpec.Builder<Wire.Runs>> spec) {
        return new Listing<>("dagRuns/list", spec, Wire.Runs::dagRuns, Wire.Runs::totalEntries, Values::run);
    }

    protected Listing<Wire.Tasks, Wire.Task, TaskInstance> taskList(String operation, String path) {
        return new Listing<>(
                operation,
                () -> get(operation, path, Wire.Tasks.class),
                Wire.Tasks::taskInstances,
                Wire.Tasks::totalEntries,
                Values::task);
    }

    @Override
    public DagRun endRun(String dagId, String runId, DagRunState state) {
        return Values.run(patchRun("dagRuns/end", runPath(dagId, runId), "state", state.value()));
    }

    /** Sets one field of a run. */
    protected Wire.Run patchRun(String operation, String path, String field, String value) {
        CallSpec.Builder<Wire.Run> patch = CallSpec.of(
                operation,
                "PATCH",
                path,
                Body.json(JSON.write(Map.of(field, value))),
                Decoder.json(JSON, Wire.Run.class));
        return call(masked(patch, field).repeatable(), null);
    }

    /** Names the one field that is meant, where the server wants that. */
    protected abstract <T> CallSpec.Builder<T> masked(CallSpec.Builder<T> patch, String field);

    @Override
    public void deleteRun(String dagId, String runId) {
        call(CallSpec.of("dagRuns/delete", "DELETE", runPath(dagId, runId), null, Decoder.nothing()), null);
    }

    @Override
    public List<TaskInstance> instances(String dagId, String runId, String taskId, @Nullable Deadline deadline) {
        TaskKey task = new TaskKey(dagId, runId, taskId, -1);
        try {
            return List.of(Values.task(call(get("taskInstances/get", taskPath(task), Wire.Task.class), deadline)));
        } catch (NotFoundException e) {
            if (!e.details().reason().contains("is mapped")) {
                throw e;
            }
            return byOffset(taskList("taskInstances/listMapped", taskPath(task) + "/listMapped"), deadline).stream()
                    .toList();
        }
    }

    @Override
    public TaskInstance task(TaskKey task) {
        return Values.task(call(get("taskInstances/get", instancePath(task), Wire.Task.class), null));
    }

    @Override
    public List<TaskInstance> tries(TaskKey task) {
        Wire.Tasks wire = call(get("taskInstances/tries", instancePath(task) + "/tries", Wire.Tasks.class), null);
        return Values.list(wire.taskInstances()).stream().map(Values::task).toList();
    }

    /** Makes lines of a log of the lines of its text. */
    public interface LogParser {
        /** Gives on what a line of the text means, which may be none or many lines. */
        void line(String text, Consumer<LogLine> out);
    }

    /** Returns the kind of text logs are streamed as. */
    protected abstract String logType();

    /** Starts reading a log. */
    protected abstract LogParser logParser();

    @Override
    public void readLog(TaskKey task, int tryNumber, int skip, Deadline deadline, Consumer<LogLine> sink) {
        AtomicInteger known = new AtomicInteger(skip);
        Decoder<Boolean> decoder = reply -> {
            AtomicInteger count = new AtomicInteger();
            Consumer<LogLine> out = line -> {
                if (count.incrementAndGet() > known.get()) {
                    sink.accept(line);
                    known.incrementAndGet();
                }
            };
            LogParser parser = logParser();
            LineReader lines = new LineReader(reply.body());
            for (String text = lines.next(); text != null; text = lines.next()) {
                parser.line(text, out);
            }
            return true;
        };
        CallSpec.Builder<Boolean> spec = CallSpec.get(
                        "taskInstances/log", taskPath(task) + "/logs/" + tryNumber, decoder)
                .query("map_index", task.mapIndex() < 0 ? null : task.mapIndex())
                .header("Accept", logType())
                .transfer();
        calls.call(spec.build(), deadline);
    }

    @Override
    public TaskLog log(TaskKey task, int tryNumber) {
        List<LogLine> lines = new ArrayList<>();
        readLog(task, tryNumber, 0, calls.deadline(), lines::add);
        return new TaskLog(task.taskId(), tryNumber, lines);
    }

    @Override
    public Optional<Object> output(TaskKey task) {
        return found(() -> call(
                        outputOptions(get(
                                        "xcomEntries/get",
                                        taskPath(task) + "/xcomEntries/" + RETURNED,
                                        Wire.XCom.class))
                                .query("map_index", task.mapIndex() < 0 ? null : task.mapIndex()),
                        null))
                .map(Wire.XCom::value);
    }

    /** Asks for the value itself, where the server would else write it as text. */
    protected abstract <T> CallSpec.Builder<T> outputOptions(CallSpec.Builder<T> get);

    @Override
    public List<TaskKey> returned(String dagId, String runId) {
        Listing<Wire.XComs, Wire.XComRef, Wire.XComRef> listing = new Listing<>(
                "xcomEntries/list",
                () -> get("xcomEntries/list", tasksPath(dagId, runId) + "/~/xcomEntries", Wire.XComs.class)
                        .query("xcom_key", RETURNED),
                Wire.XComs::xcomEntries,
                Wire.XComs::totalEntries,
                ref -> ref);
        return byOffset(listing, null).stream()
                .filter(ref -> RETURNED.equals(ref.key()))
                .map(ref -> new TaskKey(
                        dagId,
                        runId,
                        Values.required(ref.taskId(), "task_id"),
                        ref.mapIndex() == null ? -1 : ref.mapIndex()))
                .toList();
    }

    /** What is sent to let tasks run again. */
    protected static Map<String, Object> clearBody(String runId, ClearRequest request, boolean onlyTell) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dag_run_id", runId);
        body.put("dry_run", onlyTell);
        body.put("only_failed", request.onlyFailed());
        body.put("reset_dag_runs", true);
        body.put("include_upstream", request.upstream());
        body.put("include_downstream", request.downstream());
        List<Object> tasks = new ArrayList<>(request.taskIds());
        request.mapped().forEach((task, indexes) -> indexes.forEach(i -> tasks.add(List.of(task, i))));
        if (!tasks.isEmpty()) {
            body.put("task_ids", tasks);
        }
        return body;
    }

    protected Wire.Tasks clear(String dagId, Map<String, Object> body) {
        return call(
                CallSpec.post(
                                "clearTaskInstances",
                                dagPath(dagId) + "/clearTaskInstances",
                                Body.json(JSON.write(body)),
                                Decoder.json(JSON, Wire.Tasks.class))
                        .repeatable(),
                null);
    }

    protected void patchTask(String operation, String path, Map<String, Object> body, String mask) {
        CallSpec.Builder<Void> patch =
                CallSpec.of(operation, "PATCH", path, Body.json(JSON.write(body)), Decoder.nothing());
        call(masked(patch, mask).repeatable(), null);
    }
}
