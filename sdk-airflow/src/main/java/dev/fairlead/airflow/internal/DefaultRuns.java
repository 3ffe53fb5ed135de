package dev.fairlead.airflow.internal;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.Runs;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TriggerRequest;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.Poller.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs on the server. */
final class DefaultRuns implements Runs {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final PlatformSpi platform;
    private final Supplier<ServerApi> api;

    DefaultRuns(PlatformSpi platform, Supplier<ServerApi> api) {
        this.platform = platform;
        this.api = api;
    }

    @Override
    public Operation<DagRun> trigger(String dagId, Consumer<TriggerRequest.Builder> request) {
        TriggerRequest.Builder builder = TriggerRequest.builder();
        request.accept(builder);
        DagRun run = new Trigger(api.get(), platform.clock()).trigger(dagId, builder.build());
        return follow(run.dagId(), run.id());
    }

    @Override
    public Operation<DagRun> operation(String operationId) {
        int slash = operationId.indexOf('/');
        if (slash <= 0 || slash == operationId.length() - 1) {
            throw new InvalidValueException(
                    "operation id",
                    List.of(new InvalidValueException.Problem(
                            "operationId",
                            "must be that of a run, such as flights/2025-01-05",
                            "'" + operationId + "'")));
        }
        return follow(operationId.substring(0, slash), operationId.substring(slash + 1));
    }

    private Operation<DagRun> follow(String dagId, String runId) {
        ServerApi server = api.get();
        RunWatch watch = new RunWatch(server, dagId, runId);
        return platform.poller()
                .operation(new Spec<>(
                        watch.operationId(),
                        "airflow dag run " + watch.operationId(),
                        new Waiting<>(watch::look),
                        FIRST,
                        LONGEST,
                        () -> server.endRun(dagId, runId, DagRunState.FAILED)));
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
    public List<TaskInstance> tries(String dagId, String runId, String taskId) {
        return api.get().tries(dagId, runId, taskId);
    }

    @Override
    public List<TaskLog> logs(String dagId, String runId, String taskId) {
        ServerApi server = api.get();
        List<TaskLog> logs = new ArrayList<>();
        for (TaskInstance one : server.tries(dagId, runId, taskId)) {
            logs.add(server.log(dagId, runId, taskId, one.tryNumber()));
        }
        return List.copyOf(logs);
    }

    @Override
    public TaskLog log(String dagId, String runId, String taskId, int tryNumber) {
        return api.get().log(dagId, runId, taskId, tryNumber);
    }

    @Override
    public Optional<Object> output(String dagId, String runId, String taskId) {
        return api.get().output(dagId, runId, taskId);
    }

    @Override
    public DagRun cancel(String dagId, String runId) {
        return api.get().endRun(dagId, runId, DagRunState.FAILED);
    }

    @Override
    public void delete(String dagId, String runId) {
        api.get().deleteRun(dagId, runId);
    }
}
