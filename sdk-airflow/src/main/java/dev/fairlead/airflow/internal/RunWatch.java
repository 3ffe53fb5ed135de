package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Seen;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at a run until it ends, and tells why it failed. */
final class RunWatch {
    private static final int EXCERPT = 30;
    /** A run of more tasks is told of by its state alone: asking for all of them each time would cost too much. */
    private static final int FEW = 100;

    private final ServerApi server;
    private final String dagId;
    private final String runId;
    private int queued;
    private String whyQueued = "";

    RunWatch(ServerApi server, String dagId, String runId) {
        this.server = server;
        this.dagId = dagId;
        this.runId = runId;
    }

    String operationId() {
        return dagId + "/" + runId;
    }

    Seen<DagRun> look(boolean closely, Deadline deadline) {
        return judge(server.run(dagId, runId, deadline), closely, deadline);
    }

    /** Says what a run that was read means; {@code closely} costs a call for what it is doing. */
    Seen<DagRun> judge(DagRun run, boolean closely, Deadline deadline) {
        if (run.state().equals(DagRunState.SUCCESS)) {
            return new Seen.Done<>(run);
        }
        if (run.state().equals(DagRunState.FAILED)) {
            return new Seen.Failed<>(failure(run));
        }
        boolean waits = run.state().equals(DagRunState.QUEUED);
        String detail = !closely ? "" : waits ? whyQueued(deadline) : progress(deadline);
        return new Seen.Pending<>(run.state().value(), detail);
    }

    private String whyQueued(Deadline deadline) {
        if (queued++ % 4 == 1) { // mostly it is not paused, and the question costs a call
            whyQueued = server.findDag(dagId, deadline).filter(DagInfo::paused).isPresent()
                    ? "the DAG is paused: unpause it with dags().unpause(\"" + dagId + "\")"
                    : "";
        }
        return whyQueued;
    }

    private String progress(Deadline deadline) {
        List<TaskInstance> tasks =
                server.tasks(dagId, runId, deadline).stream().limit(FEW + 1L).toList();
        if (tasks.isEmpty() || tasks.size() > FEW) {
            return "";
        }
        long done = tasks.stream().filter(t -> t.state().ended()).count();
        String active = tasks.stream()
                .filter(t -> !t.state().ended() && !t.state().equals(TaskState.NONE))
                .map(t -> t.taskId() + (t.state().equals(TaskState.RUNNING) ? "" : " " + t.state()))
                .collect(Collectors.joining(", "));
        return done + " of " + tasks.size() + " tasks ended" + (active.isEmpty() ? "" : ", now " + active);
    }

    private DagRunFailedException failure(DagRun run) {
        List<TaskInstance> failed = server.tasks(dagId, runId, null).stream()
                .filter(t -> t.state().equals(TaskState.FAILED))
                .sorted(Comparator.comparing((TaskInstance t) -> t.endedAt().orElse(Instant.MAX)))
                .toList();
        if (failed.isEmpty()) {
            return new DagRunFailedException(
                    "airflow dag run " + operationId()
                            + " failed although no task did: it was ended from outside, or took too long",
                    operationId(),
                    run,
                    failed,
                    "");
        }
        TaskInstance first = failed.get(0);
        Optional<TaskLog> log = log(first);
        String reason = log.flatMap(RunWatch::reason).map(r -> ": " + r).orElse("");
        String others = failed.size() == 1 ? "" : ", and " + (failed.size() - 1) + " more";
        return new DagRunFailedException(
                "airflow dag run " + operationId() + " failed: task '" + first.taskId() + "' failed on try "
                        + first.tryNumber() + " of " + Math.max(first.tryNumber(), first.maxTries() + 1) + others
                        + reason,
                operationId(),
                run,
                failed,
                log.map(l -> l.tail(EXCERPT)).orElse(""));
    }

    /** A log that cannot be read must not hide that the run failed. */
    private Optional<TaskLog> log(TaskInstance task) {
        try {
            return Optional.of(server.log(
                    new TaskKey(dagId, runId, task.taskId(), task.mapIndex()), Math.max(1, task.tryNumber())));
        } catch (MlPlatformException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> reason(TaskLog log) {
        return log.lines().stream()
                .filter(l -> l.level().equals("error") && !l.text().startsWith("  "))
                .filter(l -> !l.text().startsWith("Failed to execute job")) // Airflow 2 says so after the reason
                .reduce((before, line) -> line)
                .map(l -> l.text().lines().findFirst().orElse(""));
    }
}
