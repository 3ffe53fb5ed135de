package dev.fairlead.airflow.internal.rest3;

import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.ClearRequest;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.DagVersion;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.airflow.internal.ServerProbe;
import dev.fairlead.airflow.internal.TaskKey;
import dev.fairlead.airflow.internal.render.Header;
import dev.fairlead.airflow.internal.rest.RestDags;
import dev.fairlead.airflow.internal.rest.Values;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** REST API v2, which Airflow 3 answers. */
public final class Rest3 extends RestDags {
    private final ServerInfo server;

    /** Creates the API on a line to a server. */
    public Rest3(HttpCalls calls, ServerInfo server) {
        super(calls, "/api/v2");
        this.server = server;
    }

    @Override
    public DagInfo dag(String dagId) {
        return Values.dag(call(get("dags/get", dagPath(dagId), Wire.Dag.class), null));
    }

    @Override
    public Optional<DagInfo> findDag(String dagId, @Nullable Deadline deadline) {
        return found(() -> Values.dag(call(get("dags/get", dagPath(dagId), Wire.Dag.class), deadline)));
    }

    @Override
    public Optional<String> source(String dagId, @Nullable Deadline deadline) {
        return found(() -> call(
                        get("dagSources/get", path("/dagSources/" + CallSpec.encode(dagId)), Wire.Source.class),
                        deadline))
                .map(Wire.Source::content);
    }

    @Override
    public OptionalInt version(String dagId, @Nullable Deadline deadline) {
        List<Wire.DagVersion> versions = Values.list(call(
                        get("dagVersions/list", dagPath(dagId) + "/dagVersions", Wire.DagVersions.class)
                                .query("order_by", "-version_number")
                                .query("limit", 1),
                        deadline)
                .dagVersions());
        Integer number = versions.isEmpty() ? null : versions.get(0).versionNumber();
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    @Override
    public String source(String dagId, int version) {
        Wire.Source source = call(
                get("dagSources/get", path("/dagSources/" + CallSpec.encode(dagId)), Wire.Source.class)
                        .query("version_number", version),
                null);
        return Values.required(source.content(), "content");
    }

    @Override
    public DagVersion version(String dagId, int number) {
        String path = dagPath(dagId) + "/dagVersions/" + number;
        return Values.version(dagId, call(get("dagVersions/get", path, Wire.DagVersion.class), null));
    }

    @Override
    public int pauseAll(String idPattern, boolean paused) {
        Wire.Dags changed = call(
                CallSpec.of(
                                paused ? "dags/pauseAll" : "dags/unpauseAll",
                                "PATCH",
                                path("/dags"),
                                Body.json(JSON.write(Map.of("is_paused", paused))),
                                Decoder.json(JSON, Wire.Dags.class))
                        .query("update_mask", "is_paused")
                        .query("dag_id_pattern", idPattern)
                        .repeatable(),
                null);
        return changed.totalEntries() == null ? 0 : changed.totalEntries();
    }

    @Override
    public PagedIterable<DagVersion> versions(String dagId, @Nullable Deadline deadline) {
        return paged(
                "dagVersions/list",
                () -> get("dagVersions/list", dagPath(dagId) + "/dagVersions", Wire.DagVersions.class)
                        .query("order_by", "-version_number"),
                Wire.DagVersions::dagVersions,
                Wire.DagVersions::totalEntries,
                v -> Values.version(dagId, v),
                deadline);
    }

    @Override
    public Optional<String> mark(String dagId, @Nullable Deadline deadline) {
        if (!server.atLeast(3, 1)) {
            return Optional.empty(); // 3.0 does not tell the defaults of a DAG
        }
        Optional<Object> mark = found(
                        () -> call(get("dags/details", dagPath(dagId) + "/details", Wire.DagDetails.class), deadline))
                .map(Wire.DagDetails::defaultArgs)
                .map(defaults -> defaults.get(Header.MARK));
        return Optional.of(mark.map(Object::toString).orElse(""));
    }

    @Override
    public PagedIterable<ImportProblem> importProblems(@Nullable String fileName, @Nullable Deadline deadline) {
        return paged(
                "importErrors/list",
                () -> get("importErrors/list", path("/importErrors"), Wire.ImportErrors.class)
                        .query("filename_pattern", fileName),
                Wire.ImportErrors::importErrors,
                Wire.ImportErrors::totalEntries,
                Values::problem,
                deadline);
    }

    @Override
    public boolean datesEveryRun() {
        return false;
    }

    @Override
    public DagRun trigger(String dagId, String runId, TriggerRequest request) {
        Map<String, @Nullable Object> body = body(runId, request);
        // must be there, although it may be null
        body.put("logical_date", request.logicalDate().map(Instant::toString).orElse(null));
        request.partitionKey().ifPresent(key -> {
            if (!server.atLeast(3, 2)) {
                throw ServerProbe.lacks(calls.baseUri(), server, "partitions", "3.2");
            }
            body.put("partition_key", key);
        });
        return trigger(dagId, runId, body);
    }

    private boolean hasCursors() {
        return server.atLeast(3, 3);
    }

    @Override
    public PagedIterable<DagRun> runs(String dagId, List<DagRunState> states) {
        Listing<Wire.Runs, Wire.Run, DagRun> listing = runList(() -> {
            CallSpec.Builder<Wire.Runs> spec = get("dagRuns/list", dagPath(dagId) + "/dagRuns", Wire.Runs.class)
                    .query("order_by", "-run_after");
            states.forEach(s -> spec.query("state", s.value()));
            return spec;
        });
        return hasCursors() ? byCursor(listing, Wire.Runs::nextCursor, null) : byOffset(listing, null);
    }

    @Override
    public Optional<DagRun> runAt(String dagId, Instant logicalDate) {
        Wire.Runs wire = call(
                get("dagRuns/list", dagPath(dagId) + "/dagRuns", Wire.Runs.class)
                        .query("logical_date_gte", logicalDate)
                        .query("logical_date_lte", logicalDate)
                        .query("limit", 1),
                null);
        return Values.list(wire.dagRuns()).stream().findFirst().map(Values::run);
    }

    @Override
    public boolean hasStates() {
        return server.atLeast(3, 1);
    }

    @Override
    public Optional<Reply> states(String dagId, String runId, Duration every, Duration silence, Deadline deadline) {
        if (!hasStates()) {
            return Optional.empty();
        }
        return Optional.of(calls.open(
                CallSpec.get("dagRuns/wait", runPath(dagId, runId) + "/wait", Decoder.nothing())
                        .query("interval", every.toMillis() / 1000.0)
                        .header("Accept", "application/x-ndjson")
                        .transfer(silence)
                        .build(),
                deadline));
    }

    @Override
    public DagRun noteRun(String dagId, String runId, String note) {
        return Values.run(patchRun("dagRuns/note", runPath(dagId, runId), "note", note));
    }

    @Override
    protected <T> CallSpec.Builder<T> masked(CallSpec.Builder<T> patch, String field) {
        return patch.query("update_mask", field);
    }

    @Override
    public PagedIterable<TaskInstance> tasks(String dagId, String runId, @Nullable Deadline deadline) {
        Listing<Wire.Tasks, Wire.Task, TaskInstance> listing = taskList("taskInstances/list", tasksPath(dagId, runId));
        return hasCursors() ? byCursor(listing, Wire.Tasks::nextCursor, deadline) : byOffset(listing, deadline);
    }

    @Override
    protected String logType() {
        return "application/x-ndjson";
    }

    @Override
    protected LogParser logParser() {
        return new StructuredLog();
    }

    @Override
    protected <T> CallSpec.Builder<T> outputOptions(CallSpec.Builder<T> get) {
        return get;
    }

    @Override
    public List<TaskInstance> clear(String dagId, String runId, ClearRequest request, boolean onlyTell) {
        Wire.Tasks wire = clear(dagId, clearBody(runId, request, onlyTell));
        return Values.list(wire.taskInstances()).stream().map(Values::task).toList();
    }

    @Override
    public void markTask(TaskKey task, TaskState state) {
        patchTask("taskInstances/mark", instancePath(task), Map.of("new_state", state.value()), "new_state");
    }

    @Override
    public void noteTask(TaskKey task, String note) {
        patchTask("taskInstances/note", instancePath(task), Map.of("note", note), "note");
    }
}
