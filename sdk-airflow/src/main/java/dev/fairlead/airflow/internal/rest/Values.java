package dev.fairlead.airflow.internal.rest;

import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.DagVersion;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.InvalidResponseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes our values of what the server sends. */
public final class Values {
    private Values() {}

    public static DagInfo dag(Wire.Dag wire) {
        DagInfo.Builder dag = DagInfo.builder()
                .id(required(wire.dagId(), "dag_id"))
                .paused(Boolean.TRUE.equals(wire.isPaused()))
                .stale(Boolean.TRUE.equals(wire.isStale()) || Boolean.FALSE.equals(wire.isActive()))
                .importErrors(Boolean.TRUE.equals(wire.hasImportErrors()))
                .tags(list(wire.tags()).stream()
                        .map(t -> Objects.requireNonNullElse(t.name(), ""))
                        .toList());
        instant(wire.lastParsedTime()).ifPresent(dag::parsedAt);
        instant(wire.nextDagrunRunAfter())
                .or(() -> instant(wire.nextDagrunCreateAfter()))
                .ifPresent(dag::nextRun);
        text(wire.description()).ifPresent(dag::description);
        text(wire.relativeFileloc()).or(() -> text(wire.fileloc())).ifPresent(dag::file);
        text(wire.timetableSummary())
                .or(() -> text(wire.timetableDescription()))
                .ifPresent(dag::schedule);
        text(wire.fileToken()).ifPresent(dag::fileToken);
        return dag.build();
    }

    public static DagVersion version(String dagId, Wire.DagVersion wire) {
        return new DagVersion(
                dagId,
                Objects.requireNonNullElse(wire.versionNumber(), 0),
                instant(wire.createdAt()).orElse(Instant.EPOCH),
                Objects.requireNonNullElse(wire.bundleName(), ""),
                text(wire.bundleVersion()));
    }

    public static DagRun run(Wire.Run wire) {
        DagRun.Builder run = DagRun.builder()
                .dagId(required(wire.dagId(), "dag_id"))
                .id(required(wire.dagRunId(), "dag_run_id"))
                .state(DagRunState.of(required(wire.state(), "state")))
                .type(Objects.requireNonNullElse(wire.runType(), "manual"))
                .conf(withoutNulls(wire.conf()));
        instant(wire.logicalDate()).ifPresent(run::logicalDate);
        instant(wire.runAfter()).ifPresent(run::runAfter);
        instant(wire.dataIntervalStart()).ifPresent(run::dataIntervalStart);
        instant(wire.dataIntervalEnd()).ifPresent(run::dataIntervalEnd);
        text(wire.triggeredBy()).ifPresent(run::triggeredBy);
        text(wire.triggeringUserName()).ifPresent(run::triggeringUser);
        run.dagVersions(list(wire.dagVersions()).stream()
                .map(Wire.DagVersion::versionNumber)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList());
        instant(wire.queuedAt()).ifPresent(run::queuedAt);
        instant(wire.startDate()).ifPresent(run::startedAt);
        instant(wire.endDate()).ifPresent(run::endedAt);
        text(wire.note()).ifPresent(run::note);
        text(wire.partitionKey()).ifPresent(run::partitionKey);
        return run.build();
    }

    /** A null in a configuration means the same as no entry, and our maps hold none. */
    private static Map<String, Object> withoutNulls(@Nullable Map<String, Object> conf) {
        Map<String, Object> copy = new java.util.LinkedHashMap<>(conf == null ? Map.of() : conf);
        copy.values().removeIf(Objects::isNull);
        return copy;
    }

    public static TaskInstance task(Wire.Task wire) {
        TaskInstance.Builder task = TaskInstance.builder()
                .dagId(required(wire.dagId(), "dag_id"))
                .runId(required(wire.dagRunId(), "dag_run_id"))
                .taskId(required(wire.taskId(), "task_id"))
                .mapIndex(Objects.requireNonNullElse(wire.mapIndex(), -1))
                .state(wire.state() == null ? TaskState.NONE : TaskState.of(wire.state()))
                .tryNumber(Objects.requireNonNullElse(wire.tryNumber(), 0))
                .maxTries(Objects.requireNonNullElse(wire.maxTries(), 0))
                .operator(text(wire.operatorName())
                        .or(() -> text(wire.operator()))
                        .orElse(""));
        instant(wire.startDate()).ifPresent(task::startedAt);
        instant(wire.endDate()).ifPresent(task::endedAt);
        text(wire.note()).ifPresent(task::note);
        text(wire.pool()).ifPresent(task::pool);
        text(wire.queue()).ifPresent(task::queue);
        text(wire.hostname()).ifPresent(task::host);
        text(wire.renderedMapIndex()).ifPresent(task::mapName);
        return task.build();
    }

    public static ImportProblem problem(Wire.ImportError wire) {
        return new ImportProblem(
                required(wire.filename(), "filename"),
                Objects.requireNonNullElse(wire.stackTrace(), ""),
                instant(wire.timestamp()).orElse(Instant.EPOCH));
    }

    public static Optional<Instant> instant(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new InvalidResponseException("airflow sent '" + text + "' where a time was expected", e);
        }
    }

    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).filter(t -> !t.isEmpty());
    }

    public static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    public static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new InvalidResponseException("airflow's answer has no " + field, null);
        }
        return value;
    }
}
