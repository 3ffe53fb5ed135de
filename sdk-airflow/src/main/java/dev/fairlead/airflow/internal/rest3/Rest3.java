package dev.fairlead.airflow.internal.rest3;

import dev.fairlead.PagedIterable;
import dev.fairlead.PagedIterable.Page;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.LogLine;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.airflow.internal.ServerApi;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.Pages;
import dev.fairlead.spi.Repeat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** REST API v2, which Airflow 3 answers. */
public final class Rest3 implements ServerApi {
    private static final JsonCodec JSON = JsonCodec.snakeCase();
    private static final String ROOT = "/api/v2";
    private static final int PAGE = 100;
    /** A log may be handed out in parts; more than this of one try is cut off. */
    private static final int MAX_LOG_PARTS = 1000;

    private final HttpCalls calls;

    /** Creates the API on a line. */
    public Rest3(HttpCalls calls) {
        this.calls = calls;
    }

    private static String dagPath(String dagId) {
        return ROOT + "/dags/" + CallSpec.encode(dagId);
    }

    private static String runPath(String dagId, String runId) {
        return dagPath(dagId) + "/dagRuns/" + CallSpec.encode(runId);
    }

    private static String taskPath(String dagId, String runId, String taskId) {
        return runPath(dagId, runId) + "/taskInstances/" + CallSpec.encode(taskId);
    }

    private static <T> CallSpec.Builder<T> get(String operation, String path, Class<T> type) {
        return CallSpec.get(operation, path, Decoder.json(JSON, type));
    }

    /** Calls within the earlier of the line's own limit and the waiter's. */
    private <T> T call(CallSpec.Builder<T> spec, @Nullable Deadline deadline) {
        Deadline own = calls.deadline();
        if (deadline != null && deadline.left().compareTo(own.left()) < 0) {
            return calls.call(spec.build(), deadline);
        }
        return calls.call(spec.build(), own);
    }

    private static <T> Optional<T> found(java.util.function.Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
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
    public PagedIterable<DagInfo> dags() {
        return paged(
                "dags/list",
                () -> get("dags/list", ROOT + "/dags", Wire.Dags.class).query("order_by", "dag_id"),
                Wire.Dags::dags,
                Wire.Dags::totalEntries,
                Values::dag,
                null);
    }

    private <W, R, T> PagedIterable<T> paged(
            String operation,
            java.util.function.Supplier<CallSpec.Builder<W>> spec,
            Function<W, @Nullable List<R>> rows,
            Function<W, @Nullable Integer> total,
            Function<R, T> read,
            @Nullable Deadline deadline) {
        return Pages.of("airflow " + operation, token -> {
            int offset = token == null ? 0 : Integer.parseInt(token);
            W wire = call(spec.get().query("limit", PAGE).query("offset", offset), deadline);
            List<R> got = Values.list(rows.apply(wire));
            Integer all = total.apply(wire);
            // the server may give fewer rows than asked for, so that only what came counts
            int next = offset + got.size();
            boolean more = !got.isEmpty() && (all == null || next < all);
            return new Page<>(got.stream().map(read).toList(), more ? String.valueOf(next) : null);
        });
    }

    @Override
    public DagInfo pause(String dagId, boolean paused) {
        return Values.dag(call(
                CallSpec.of(
                                paused ? "dags/pause" : "dags/unpause",
                                "PATCH",
                                dagPath(dagId),
                                Body.json(JSON.write(Map.of("is_paused", paused))),
                                Decoder.json(JSON, Wire.Dag.class))
                        .query("update_mask", "is_paused")
                        .repeatable(),
                null));
    }

    @Override
    public void deleteDag(String dagId) {
        call(CallSpec.of("dags/delete", "DELETE", dagPath(dagId), null, Decoder.nothing()), null);
    }

    @Override
    public Optional<String> source(String dagId, @Nullable Deadline deadline) {
        return found(() -> call(
                        get("dagSources/get", ROOT + "/dagSources/" + CallSpec.encode(dagId), Wire.Source.class),
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
    public PagedIterable<ImportProblem> importProblems(@Nullable String fileName, @Nullable Deadline deadline) {
        return paged(
                "importErrors/list",
                () -> get("importErrors/list", ROOT + "/importErrors", Wire.ImportErrors.class)
                        .query("filename_pattern", fileName),
                Wire.ImportErrors::importErrors,
                Wire.ImportErrors::totalEntries,
                Values::problem,
                deadline);
    }

    @Override
    public boolean parseSoon(String fileToken) {
        try {
            call(
                    CallSpec.of(
                                    "parseDagFile",
                                    "PUT",
                                    ROOT + "/parseDagFile/" + CallSpec.encode(fileToken),
                                    null,
                                    Decoder.nothing())
                            .repeatable(),
                    null);
            return true;
        } catch (ConflictException | NotFoundException | PermissionException | UnsupportedByServerException e) {
            return false; // asked for already, or not allowed: the server parses in its own time
        }
    }

    @Override
    public DagRun trigger(String dagId, String runId, TriggerRequest request) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("dag_run_id", runId);
        // must be there, although it may be null
        body.put("logical_date", request.logicalDate().map(Instant::toString).orElse(null));
        body.put("conf", request.conf());
        request.note().ifPresent(note -> body.put("note", note));
        CallSpec.Builder<Wire.Run> post = CallSpec.post(
                "dagRuns/trigger",
                dagPath(dagId) + "/dagRuns",
                Body.json(JSON.write(body)),
                Decoder.json(JSON, Wire.Run.class));
        post.repeat(Repeat.reconcile(deadline -> found(() -> getRun(dagId, runId, deadline))));
        return Values.run(call(post, null));
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
    public PagedIterable<DagRun> runs(String dagId, List<DagRunState> states) {
        return paged(
                "dagRuns/list",
                () -> {
                    CallSpec.Builder<Wire.Runs> spec = get("dagRuns/list", dagPath(dagId) + "/dagRuns", Wire.Runs.class)
                            .query("order_by", "-run_after");
                    states.forEach(s -> spec.query("state", s.value()));
                    return spec;
                },
                Wire.Runs::dagRuns,
                Wire.Runs::totalEntries,
                Values::run,
                null);
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
    public DagRun endRun(String dagId, String runId, DagRunState state) {
        return Values.run(call(
                CallSpec.of(
                                "dagRuns/end",
                                "PATCH",
                                runPath(dagId, runId),
                                Body.json(JSON.write(Map.of("state", state.value()))),
                                Decoder.json(JSON, Wire.Run.class))
                        .query("update_mask", "state")
                        .repeatable(),
                null));
    }

    @Override
    public void deleteRun(String dagId, String runId) {
        call(CallSpec.of("dagRuns/delete", "DELETE", runPath(dagId, runId), null, Decoder.nothing()), null);
    }

    @Override
    public PagedIterable<TaskInstance> tasks(String dagId, String runId, @Nullable Deadline deadline) {
        return paged(
                "taskInstances/list",
                () -> get("taskInstances/list", runPath(dagId, runId) + "/taskInstances", Wire.Tasks.class),
                Wire.Tasks::taskInstances,
                Wire.Tasks::totalEntries,
                Values::task,
                deadline);
    }

    @Override
    public List<TaskInstance> tries(String dagId, String runId, String taskId) {
        Wire.Tasks wire =
                call(get("taskInstances/tries", taskPath(dagId, runId, taskId) + "/tries", Wire.Tasks.class), null);
        return Values.list(wire.taskInstances()).stream().map(Values::task).toList();
    }

    @Override
    public TaskLog log(String dagId, String runId, String taskId, int tryNumber) {
        List<LogLine> lines = new ArrayList<>();
        String token = null;
        for (int part = 0; part < MAX_LOG_PARTS; part++) {
            Wire.Log wire = call(
                    get("taskInstances/log", taskPath(dagId, runId, taskId) + "/logs/" + tryNumber, Wire.Log.class)
                            .query("token", token),
                    null);
            List<LogLine> more = Values.lines(wire.content());
            lines.addAll(more);
            token = wire.continuationToken();
            if (token == null || token.isEmpty() || more.isEmpty()) {
                break; // a running task's log has a token for ever: what is there now was read
            }
        }
        return new TaskLog(taskId, tryNumber, lines);
    }

    @Override
    public Optional<Object> output(String dagId, String runId, String taskId) {
        return found(() -> call(
                        get(
                                "xcomEntries/get",
                                taskPath(dagId, runId, taskId) + "/xcomEntries/return_value",
                                Wire.XCom.class),
                        null))
                .map(Wire.XCom::value);
    }
}
