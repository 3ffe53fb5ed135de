package dev.fairlead.testing.internal.airflow;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes rows as Airflow 3.3 answers them. */
@SuppressWarnings("NullAway") // the server's objects hold nulls
final class Json {
    private static final String BUNDLE = "dags-folder";

    private Json() {}

    static Map<String, Object> dag(DagRow dag) {
        PublishedDag parsed = Objects.requireNonNull(dag.parsed);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dag_id", dag.dagId);
        json.put("dag_display_name", dag.dagId);
        json.put("is_paused", dag.paused);
        json.put("is_stale", dag.stale);
        json.put("last_parsed_time", time(dag.parsedAt));
        json.put("bundle_name", BUNDLE);
        json.put("bundle_version", null);
        json.put("relative_fileloc", parsed.fileName());
        json.put("fileloc", "/dags/" + parsed.fileName());
        json.put("description", parsed.description());
        json.put("timetable_summary", parsed.schedule().equals("manual") ? null : parsed.schedule());
        json.put(
                "tags",
                parsed.tags().stream()
                        .map(t -> Map.of("name", t, "dag_id", dag.dagId))
                        .toList());
        json.put("max_active_runs", parsed.maxActiveRuns() == null ? 16 : parsed.maxActiveRuns());
        json.put("has_import_errors", dag.broken);
        json.put("next_dagrun_run_after", null);
        json.put("owners", List.of("airflow"));
        json.put("file_token", "fake." + dag.dagId);
        return json;
    }

    static Map<String, Object> version(DagRow dag, DagRow.Version version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", "version-" + dag.dagId + "-" + version.number());
        json.put("version_number", version.number());
        json.put("dag_id", dag.dagId);
        json.put("bundle_name", BUNDLE);
        json.put("bundle_version", null);
        json.put("created_at", time(version.createdAt()));
        return json;
    }

    static Map<String, Object> importError(int id, DagRow dag, Instant at) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("import_error_id", id);
        json.put("timestamp", time(at));
        json.put("filename", Objects.requireNonNull(dag.file).fileName());
        json.put("bundle_name", BUNDLE);
        json.put("stack_trace", dag.stackTrace);
        return json;
    }

    static Map<String, Object> task(PublishedDag dag, PublishedDag.TaskModel task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", task.taskId());
        json.put("task_display_name", task.taskId());
        json.put("trigger_rule", task.triggerRule());
        json.put("retries", task.retries());
        json.put("pool", task.pool());
        json.put("operator_name", task.operator());
        json.put("class_ref", Map.of("module_path", "fake.operators", "class_name", task.operator()));
        json.put("retry_delay", Map.of("days", 0, "seconds", task.retryDelayMillis() / 1000, "microseconds", 0));
        json.put("pool_slots", 1.0);
        json.put("queue", "default");
        json.put("downstream_task_ids", dag.downstream(task.taskId()));
        json.put("is_mapped", false);
        return json;
    }

    static Map<String, Object> run(RunRow run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dag_run_id", run.id);
        json.put("dag_id", run.dag.dagId());
        json.put("logical_date", time(run.logicalDate));
        json.put("queued_at", time(run.queuedAt));
        json.put("start_date", time(run.startedAt));
        json.put("end_date", time(run.endedAt));
        json.put("duration", seconds(run.startedAt, run.endedAt));
        json.put("run_after", time(run.runAfter));
        json.put("data_interval_start", time(run.logicalDate));
        json.put("data_interval_end", time(run.logicalDate));
        json.put("run_type", run.type);
        json.put("state", run.state);
        json.put("triggered_by", "rest_api");
        json.put("triggering_user_name", run.user);
        json.put("conf", run.conf);
        json.put("note", run.note);
        json.put("partition_key", run.partitionKey);
        json.put("dag_versions", List.of(Map.of("version_number", run.version, "dag_id", run.dag.dagId())));
        return json;
    }

    static Map<String, Object> instance(RunRow run, TaskRow task) {
        TaskRow.Try last = task.last();
        return instance(
                run,
                task,
                task.state,
                task.tries.size(),
                last == null ? task.endedAt : last.startedAt,
                task.is("running") ? null : task.endedAt);
    }

    static List<Map<String, Object>> tries(RunRow run, TaskRow task) {
        if (task.tries.isEmpty()) {
            return List.of(instance(run, task));
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (TaskRow.Try one : task.tries) {
            all.add(instance(run, task, one.state, one.number, one.startedAt, one.endedAt));
        }
        return all;
    }

    private static Map<String, Object> instance(
            RunRow run,
            TaskRow task,
            @Nullable String state,
            int tryNumber,
            @Nullable Instant from,
            @Nullable Instant to) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", task.model.taskId());
        json.put("dag_id", run.dag.dagId());
        json.put("dag_run_id", run.id);
        json.put("map_index", -1);
        json.put("start_date", time(from));
        json.put("end_date", time(to));
        json.put("duration", seconds(from, to));
        json.put("state", state);
        json.put("try_number", tryNumber);
        json.put("max_tries", task.maxTries);
        json.put("note", task.note);
        json.put("queue", "default");
        json.put("pool", task.model.pool());
        json.put("operator", task.model.operator());
        json.put("operator_name", task.model.operator());
        return json;
    }

    /** Writes a try's log as the server does: marks, lines, and the exception apart from its line. */
    static List<Map<String, Object>> log(RunRow run, TaskRow task, TaskRow.@Nullable Try one, Instant now) {
        List<Map<String, Object>> lines = new ArrayList<>();
        lines.add(Map.of("event", "::group::Log message source details"));
        lines.add(Map.of("event", "::endgroup::"));
        if (one == null) {
            String event = task.is("upstream_failed")
                    ? "Task did not run because upstream task(s) failed."
                    : "Task was skipped, no logs available.";
            lines.add(line(Objects.requireNonNullElse(task.endedAt, run.queuedAt), "info", event));
            return lines;
        }
        List<String> texts = one.outcome.log().isEmpty()
                ? List.of()
                : one.outcome.log().lines().toList();
        boolean failed = one.state.equals("failed");
        texts.subList(0, written(texts.size(), one, now)).forEach(text -> lines.add(line(one.startedAt, "info", text)));
        if (failed) {
            Map<String, Object> error =
                    line(Objects.requireNonNullElse(one.endedAt, one.startedAt), "error", "Task failed with exception");
            String reason = texts.isEmpty() ? "the task failed" : texts.get(texts.size() - 1);
            error.put(
                    "error_detail",
                    List.of(Map.of("exc_type", "AirflowException", "exc_value", reason, "frames", List.of())));
            lines.add(error);
        }
        return lines;
    }

    /** A task writes its lines evenly over its time. */
    private static int written(int lines, TaskRow.Try one, Instant now) {
        Duration all = one.outcome.duration().orElse(Duration.ZERO);
        if (one.endedAt != null || all.isZero()) {
            return lines;
        }
        double part = (double) Duration.between(one.startedAt, now).toMillis() / Math.max(1, all.toMillis());
        return (int) Math.min(lines, Math.max(0, Math.floor(part * lines)));
    }

    private static Map<String, Object> line(Instant at, String level, String event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("timestamp", time(at));
        line.put("event", event);
        line.put("level", level);
        return line;
    }

    static @Nullable String time(@Nullable Instant at) {
        return Optional.ofNullable(at).map(Instant::toString).orElse(null);
    }

    private static @Nullable Double seconds(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? null : Duration.between(from, to).toMillis() / 1000.0;
    }
}
