package dev.fairlead.airflow.internal.rest3;

import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.ImportProblem;
import dev.fairlead.airflow.LogLine;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.internal.wire.Wire;
import dev.fairlead.error.InvalidResponseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes our values of what the server sends. */
final class Values {
    private Values() {}

    static DagInfo dag(Wire.Dag wire) {
        DagInfo.Builder dag = DagInfo.builder()
                .id(required(wire.dagId(), "dag_id"))
                .paused(Boolean.TRUE.equals(wire.isPaused()))
                .stale(Boolean.TRUE.equals(wire.isStale()))
                .importErrors(Boolean.TRUE.equals(wire.hasImportErrors()))
                .tags(list(wire.tags()).stream()
                        .map(t -> Objects.requireNonNullElse(t.name(), ""))
                        .toList());
        instant(wire.lastParsedTime()).ifPresent(dag::parsedAt);
        instant(wire.nextDagrunRunAfter()).ifPresent(dag::nextRun);
        text(wire.description()).ifPresent(dag::description);
        text(wire.relativeFileloc()).ifPresent(dag::file);
        text(wire.timetableSummary()).ifPresent(dag::schedule);
        text(wire.fileToken()).ifPresent(dag::fileToken);
        return dag.build();
    }

    static DagRun run(Wire.Run wire) {
        DagRun.Builder run = DagRun.builder()
                .dagId(required(wire.dagId(), "dag_id"))
                .id(required(wire.dagRunId(), "dag_run_id"))
                .state(DagRunState.of(required(wire.state(), "state")))
                .type(Objects.requireNonNullElse(wire.runType(), "manual"))
                .conf(withoutNulls(wire.conf()));
        instant(wire.logicalDate()).ifPresent(run::logicalDate);
        instant(wire.queuedAt()).ifPresent(run::queuedAt);
        instant(wire.startDate()).ifPresent(run::startedAt);
        instant(wire.endDate()).ifPresent(run::endedAt);
        text(wire.note()).ifPresent(run::note);
        return run.build();
    }

    /** A null in a configuration means the same as no entry, and our maps hold none. */
    private static Map<String, Object> withoutNulls(@Nullable Map<String, Object> conf) {
        Map<String, Object> copy = new java.util.LinkedHashMap<>(conf == null ? Map.of() : conf);
        copy.values().removeIf(Objects::isNull);
        return copy;
    }

    static TaskInstance task(Wire.Task wire) {
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
        return task.build();
    }

    static ImportProblem problem(Wire.ImportError wire) {
        return new ImportProblem(
                required(wire.filename(), "filename"),
                Objects.requireNonNullElse(wire.stackTrace(), ""),
                instant(wire.timestamp()).orElse(Instant.EPOCH));
    }

    /** Reads the content of a log: lines as objects or as plain text, or one text with all of them. */
    static List<LogLine> lines(@Nullable Object content) {
        List<LogLine> lines = new ArrayList<>();
        if (content instanceof List<?> list) {
            list.forEach(element -> addLine(element, lines));
        } else if (content instanceof String text) {
            text.lines().forEach(line -> lines.add(new LogLine(null, "", line)));
        }
        return lines;
    }

    private static void addLine(@Nullable Object element, List<LogLine> lines) {
        if (element instanceof Map<?, ?> line) {
            Instant time =
                    line.get("timestamp") instanceof String at ? instant(at).orElse(null) : null;
            String level = line.get("level") instanceof String word ? word : "";
            lines.add(new LogLine(time, level, String.valueOf(line.get("event"))));
            if (line.get("error_detail") instanceof List<?> errors) {
                errors.forEach(error -> addError(error, time, level, lines));
            }
        } else if (element instanceof String text) {
            lines.add(new LogLine(null, "", text));
        }
    }

    /** An exception comes apart from its line: its kind, its message and where it was. */
    private static void addError(@Nullable Object error, @Nullable Instant time, String level, List<LogLine> lines) {
        if (!(error instanceof Map<?, ?> map)) {
            return;
        }
        if (map.get("frames") instanceof List<?> frames
                && !frames.isEmpty()
                && frames.get(frames.size() - 1) instanceof Map<?, ?> last) {
            lines.add(new LogLine(
                    time,
                    level,
                    "  File \"" + last.get("filename") + "\", line " + last.get("lineno") + ", in "
                            + last.get("name")));
        }
        lines.add(new LogLine(time, level, map.get("exc_type") + ": " + map.get("exc_value")));
    }

    static Optional<Instant> instant(@Nullable String text) {
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

    static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    static String required(@Nullable String value, String field) {
        if (value == null) {
            throw new InvalidResponseException("airflow's answer has no " + field, null);
        }
        return value;
    }
}
