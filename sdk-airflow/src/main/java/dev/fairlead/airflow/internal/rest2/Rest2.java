package dev.fairlead.airflow.internal.rest2;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.ClearRequest;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.airflow.internal.ServerProbe;
import dev.fairlead.airflow.internal.TaskKey;
import dev.fairlead.airflow.internal.rest.RestDags;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** REST API v1, which Airflow 2 answers. */
public final class Rest2 extends RestDags {
    private static final Set<TaskState> FAILED = Set.of(TaskState.FAILED, TaskState.UPSTREAM_FAILED);

    private final ServerInfo server;

    /** Creates the API on a line to a server. */
    public Rest2(HttpCalls calls, ServerInfo server) {
        super(calls, "/api/v1");
        this.server = server;
    }

    private CallSpec.Builder<Wire.Dag> getDag(String dagId) {
        return get("dags/get", dagPath(dagId), Wire.Dag.class);
    }

    @Override
    public DagInfo dag(String dagId) {
        return Values.dag(call(getDag(dagId), null));
    }

    @Override
    public Optional<DagInfo> findDag(String dagId, @Nullable Deadline deadline) {
        return found(() -> Values.dag(call(getDag(dagId), deadline)));
    }

    /** The source is named by the file, not by the DAG. */
    @Override
    public Optional<String> source(String dagId, @Nullable Deadline deadline) {
        return findDag(dagId, deadline)
                .flatMap(DagInfo::fileToken)
                .flatMap(token -> found(() -> call(
                        get("dagSources/get", path("/dagSources/" + CallSpec.encode(token)), Wire.Source.class)
                                .header("Accept", "application/json"),
                        deadline)))
                .map(Wire.Source::content);
    }

    /** Airflow 2 knows only the version parsed last. */
    @Override
    public OptionalInt version(String dagId, @Nullable Deadline deadline) {
        return OptionalInt.empty();
    }

    /** All are listed, for this API cannot choose. */
    @Override
    public PagedIterable<ImportProblem> importProblems(@Nullable String fileName, @Nullable Deadline deadline) {
        return paged(
                "importErrors/list",
                () -> get("importErrors/list", path("/importErrors"), Wire.ImportErrors.class),
                Wire.ImportErrors::importErrors,
                Wire.ImportErrors::totalEntries,
                Values::problem,
                deadline);
    }

    @Override
    public boolean datesEveryRun() {
        return true;
    }

    @Override
    public DagRun trigger(String dagId, String runId, TriggerRequest request) {
        Map<String, @Nullable Object> body = body(runId, request);
        request.partitionKey().ifPresent(key -> {
            throw ServerProbe.lacks(calls.baseUri(), server, "partitions", "3.2");
        });
        request.logicalDate().ifPresent(date -> body.put("logical_date", date.toString()));
        return trigger(dagId, runId, body);
    }

    @Override
    public PagedIterable<DagRun> runs(String dagId, List<DagRunState> states) {
        String wanted = states.stream().map(DagRunState::value).collect(Collectors.joining(","));
        return byOffset(
                runList(() -> get("dagRuns/list", dagPath(dagId) + "/dagRuns", Wire.Runs.class)
                        .query("order_by", "-execution_date")
                        .query("state", wanted.isEmpty() ? null : wanted)),
                null);
    }

    @Override
    public Optional<DagRun> runAt(String dagId, Instant logicalDate) {
        Wire.Runs wire = call(
                get("dagRuns/list", dagPath(dagId) + "/dagRuns", Wire.Runs.class)
                        .query("execution_date_gte", logicalDate)
                        .query("execution_date_lte", logicalDate)
                        .query("limit", 1),
                null);
        return Values.list(wire.dagRuns()).stream().findFirst().map(Values::run);
    }

    @Override
    public boolean hasStates() {
        return false;
    }

    @Override
    public Optional<Reply> states(String dagId, String runId, Duration every, Duration silence, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public DagRun noteRun(String dagId, String runId, String note) {
        return Values.run(patchRun("dagRuns/note", runPath(dagId, runId) + "/setNote", "note", note));
    }

    @Override
    protected <T> CallSpec.Builder<T> masked(CallSpec.Builder<T> patch, String field) {
        return patch;
    }

    @Override
    public PagedIterable<TaskInstance> tasks(String dagId, String runId, @Nullable Deadline deadline) {
        return byOffset(taskList("taskInstances/list", tasksPath(dagId, runId)), deadline);
    }

    /** A task that the run does not have has no tries, says the server. */
    @Override
    public List<TaskInstance> tries(TaskKey task) {
        List<TaskInstance> tries = super.tries(task);
        return tries.isEmpty() ? List.of(task(task)) : tries;
    }

    @Override
    protected String logType() {
        return "text/plain";
    }

    @Override
    protected LogParser logParser() {
        return new PlainLog();
    }

    @Override
    protected <T> CallSpec.Builder<T> outputOptions(CallSpec.Builder<T> get) {
        return get.query("stringify", false);
    }

    /** The answer names the tasks only, so that what they are is read beside it. */
    @Override
    public List<TaskInstance> clear(String dagId, String runId, ClearRequest request, boolean onlyTell) {
        if (!request.mapped().isEmpty()) {
            throw ServerProbe.lacks(calls.baseUri(), server, "clearing of single instances of a mapped task", "3.0");
        }
        List<TaskInstance> before =
                onlyTell ? tasks(dagId, runId, null).stream().toList() : List.of();
        Wire.Tasks wire = clear(dagId, clearBody(runId, request, onlyTell));
        Set<String> ids = Values.list(wire.taskInstances()).stream()
                .map(Wire.Task::taskId)
                .collect(Collectors.toSet());
        List<TaskInstance> all =
                onlyTell ? before : tasks(dagId, runId, null).stream().toList();
        return all.stream()
                .filter(t -> ids.contains(t.taskId()))
                .filter(t -> !onlyTell || !request.onlyFailed() || FAILED.contains(t.state()))
                .toList();
    }

    @Override
    public void markTask(TaskKey task, TaskState state) {
        patchTask(
                "taskInstances/mark",
                instancePath(task),
                Map.of("new_state", state.value(), "dry_run", false),
                "new_state");
    }

    @Override
    public void noteTask(TaskKey task, String note) {
        patchTask("taskInstances/note", instancePath(task) + "/setNote", Map.of("note", note), "note");
    }
}
