package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The runs. */
final class RunTable {
    private static final List<String> KINDS = List.of("metric", "parameter", "tag", "attribute");
    private static final Set<String> STATES = Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED");

    private final ExperimentTable experiments;
    private final Map<String, RunRow> rows = new LinkedHashMap<>();

    RunTable(ExperimentTable experiments) {
        this.experiments = experiments;
    }

    Map<String, Object> create(Request request) {
        ExperimentTable.Row experiment =
                experiments.active(request.optional("experiment_id").orElse("0"));
        String id = request.ids().get();
        RunRow row = new RunRow(
                id,
                experiment.id,
                request.optional("user_id").orElse(""),
                request.number("start_time").orElse(0L),
                experiment.artifactLocation + "/" + id + "/artifacts");
        Map<String, String> tags = request.pairs("tags");
        int i = 0;
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            KeyRules.check("tags[" + i++ + "].key", "Tag", tag.getKey());
            row.tags.put(tag.getKey(), KeyRules.cut(tag.getValue(), 8000));
        }
        row.tags.put(
                "mlflow.runName",
                request.optional("run_name")
                        .orElse(tags.getOrDefault("mlflow.runName", "fleet-gull-" + id.substring(0, 3))));
        rows.put(id, row);
        return Wire.object("run", row.wire());
    }

    Map<String, Object> get(Request request) {
        return Wire.object("run", any(id(request)).wire());
    }

    /** Changes a run; a status the server does not know changes nothing. */
    Map<String, Object> update(Request request) {
        RunRow row = active(id(request));
        request.optional("status").filter(STATES::contains).ifPresent(status -> row.status = status);
        request.number("end_time").ifPresent(end -> row.endTime = end);
        request.optional("run_name").ifPresent(name -> row.tags.put("mlflow.runName", name));
        return Wire.object("run_info", row.info());
    }

    Map<String, Object> mark(Request request, boolean deleted) {
        any(id(request)).deleted = deleted;
        return Map.of();
    }

    void markAll(String experimentId, boolean deleted) {
        rows.values().stream().filter(r -> r.experimentId.equals(experimentId)).forEach(r -> r.deleted = deleted);
    }

    Map<String, Object> setTag(Request request) {
        RunRow row = active(id(request));
        KeyRules.check("key", "Tag", request.text("key"));
        row.tags.put(request.text("key"), KeyRules.cut(request.optional("value").orElse(""), 8000));
        return Map.of();
    }

    Map<String, Object> deleteTag(Request request) {
        RunRow row = active(id(request));
        if (row.tags.remove(request.text("key")) == null) {
            throw Refusal.missing("No tag with name: " + request.text("key") + " in run with id " + row.id);
        }
        return Map.of();
    }

    Map<String, Object> logMetric(Request request) {
        RunRow row = active(id(request));
        row.add(point(request.fields(), "", "key"));
        return Map.of();
    }

    Map<String, Object> logParameter(Request request) {
        RunRow row = active(id(request));
        String key = request.text("key");
        KeyRules.check("key", "Param", key);
        String value = KeyRules.cut(request.optional("value").orElse(""), 6000);
        String old = row.params.putIfAbsent(key, value);
        if (old != null && !old.equals(value)) {
            throw Refusal.invalid("Changing param values is not allowed. Param with key='" + key
                    + "' was already logged with value='" + old + "' for run ID='" + row.id
                    + "'. Attempted logging new value '" + value + "'.");
        }
        return Map.of();
    }

    /** Logs a batch: all is checked first, then come parameters, metrics and tags; a parameter that clashes stores nothing. */
    Map<String, Object> logBatch(Request request) {
        List<Map<String, Object>> metrics = request.objects("metrics");
        List<Map<String, Object>> params = request.objects("params");
        List<Map<String, Object>> tags = request.objects("tags");
        limit("metrics", metrics.size(), 1000);
        limit("params", params.size(), 100);
        limit("tags", tags.size(), 100);
        limit("metrics, params, and tags", metrics.size() + params.size() + tags.size(), 1000);
        List<RunRow.Point> points = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            points.add(point(metrics.get(i), "metrics[" + i + "].", "name"));
        }
        checkKeys("params", "Param", params);
        checkKeys("tags", "Tag", tags);
        RunRow row = active(id(request));
        row.params.putAll(freshParams(row, params));
        points.forEach(row::add);
        request.pairs("tags").forEach((k, v) -> row.tags.put(k, KeyRules.cut(v, 8000)));
        return Map.of();
    }

    private static void limit(String what, int count, int most) {
        if (count > most) {
            throw Refusal.invalid("A batch logging request can contain at most " + most + " " + what + ". Got " + count
                    + " " + what + ". Please split up " + what + " across multiple requests and try again.");
        }
    }

    private static void checkKeys(String name, String kind, List<Map<String, Object>> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            KeyRules.check(
                    name + "[" + i + "].key", kind, String.valueOf(pairs.get(i).getOrDefault("key", "")));
        }
    }

    private static Map<String, String> freshParams(RunRow row, List<Map<String, Object>> params) {
        Map<String, String> fresh = new LinkedHashMap<>();
        Set<String> twice = new HashSet<>();
        List<String> clashes = new ArrayList<>();
        for (Map<String, Object> param : params) {
            String key = String.valueOf(param.get("key"));
            String value = KeyRules.cut(String.valueOf(param.getOrDefault("value", "")), 6000);
            if (fresh.put(key, value) != null) {
                twice.add(key);
            }
            String old = row.params.get(key);
            if (old != null && !old.equals(value)) {
                clashes.add("{'key': '" + key + "', 'old_value': '" + old + "', 'new_value': '" + value + "'}");
            }
        }
        if (!twice.isEmpty()) {
            throw Refusal.invalid("Duplicate parameter keys have been submitted: " + twice
                    + ". Please ensure the request contains only one param value per param key.");
        }
        if (!clashes.isEmpty()) {
            throw Refusal.invalid("Changing param values is not allowed. Params were already logged='" + clashes
                    + "' for run ID='" + row.id + "'.");
        }
        return fresh;
    }

    private static RunRow.Point point(Map<String, Object> fields, String place, String keyName) {
        String key = String.valueOf(fields.getOrDefault("key", ""));
        KeyRules.check(place + keyName, "Metric", key);
        Object timestamp = fields.get("timestamp");
        if (timestamp == null) {
            throw Refusal.missingParameter(place + "timestamp");
        }
        double value = value(fields.getOrDefault("value", 0));
        long at = Request.whole(timestamp).orElse(0L);
        if (at < 0) {
            throw Refusal.invalid("Invalid value " + at + " for parameter '" + place + "timestamp' supplied: metric '"
                    + key + "' (value=" + value + "). Timestamp must be a nonnegative long (64-bit integer) ");
        }
        return new RunRow.Point(
                key, value, at, Request.whole(fields.getOrDefault("step", 0)).orElse(0L));
    }

    /** Reads a number; infinities are stored as the largest double. */
    private static double value(Object wire) {
        double value = Double.parseDouble(String.valueOf(wire));
        return Double.isInfinite(value) ? Math.copySign(Double.MAX_VALUE, value) : value;
    }

    Map<String, Object> history(Request request) {
        RunRow row = any(id(request));
        int size = request.maxResults(25_000, 25_000);
        return Wire.page(request, "metrics", row.history(request.text("metric_key")), size, RunRow.Point::wire);
    }

    /** Thins the history of a metric in many runs: evenly spaced rows, the first and the last among them. */
    Map<String, Object> sampledHistory(Request request) {
        List<String> ids = request.texts("run_ids");
        if (ids.size() > 100) {
            throw Refusal.invalid("GetMetricHistoryBulkInterval request must specify at most 100 run_ids. Received "
                    + ids.size() + " run_ids.");
        }
        int size = request.maxResults(2500, 2500);
        long first = request.number("start_step").orElse(Long.MIN_VALUE);
        long last = request.number("end_step").orElse(Long.MAX_VALUE);
        List<RunRow> wanted =
                ids.stream().filter(rows::containsKey).map(rows::get).toList();
        List<Map<String, Object>> found = new ArrayList<>();
        for (RunRow row : wanted) {
            List<RunRow.Point> points = row.history(request.text("metric_key")).stream()
                    .filter(p -> p.step() >= first && p.step() <= last)
                    .sorted(Comparator.comparingLong(RunRow.Point::step).thenComparingLong(RunRow.Point::timestamp))
                    .toList();
            int shown = Math.min(size, points.size());
            for (int i = 0; i < shown; i++) {
                int at = shown == 1 ? points.size() - 1 : (int) ((long) i * (points.size() - 1) / (shown - 1));
                Map<String, Object> wire = points.get(at).wire();
                wire.put("run_id", row.id);
                found.add(wire);
            }
        }
        return Wire.object("metrics", found);
    }

    Map<String, Object> search(Request request) {
        int size = request.number("max_results").isPresent() ? request.maxResults(1000, 50_000) : 1000;
        List<String> wanted = request.texts("experiment_ids");
        String view = request.optional("run_view_type").orElse("ACTIVE_ONLY");
        SearchFilter filter = SearchFilter.parse(request.optional("filter").orElse(""), KINDS);
        Comparator<RunRow> ties =
                Comparator.<RunRow>comparingLong(r -> r.startTime).reversed().thenComparing(r -> r.id);
        List<RunRow> found = rows.values().stream()
                .filter(r -> wanted.contains(r.experimentId))
                .filter(r -> view.equals("ALL") || r.deleted == view.equals("DELETED_ONLY"))
                .filter(r -> filter.fits(r::value))
                .sorted(SearchOrder.comparator(request.texts("order_by"), RunRow::value, ties))
                .toList();
        return Wire.page(request, "runs", found, size, RunRow::wire);
    }

    /** Notes a model in the run, as MLflow itself keeps it. */
    Map<String, Object> logModel(Request request) {
        RunRow row = active(id(request));
        String json = request.text("model_json");
        for (String field : List.of("artifact_path", "flavors", "run_id", "utc_time_created")) {
            if (!json.contains('"' + field + '"')) {
                throw Refusal.invalid("Model json is missing mandatory fields: {'" + field + "'}");
            }
        }
        row.tags.merge(
                "mlflow.log-model.history",
                "[" + json + "]",
                (old, now) -> old.substring(0, old.length() - 1) + ", " + now.substring(1));
        return Map.of();
    }

    private static String id(Request request) {
        return request.optional("run_id")
                .or(() -> request.optional("run_uuid"))
                .orElseThrow(() -> Refusal.missingParameter("run_id"));
    }

    Optional<RunRow> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    RunRow any(String id) {
        RunRow row = rows.get(id);
        if (row == null) {
            throw Refusal.missing("Run with id=" + id + " not found");
        }
        return row;
    }

    RunRow active(String id) {
        RunRow row = any(id);
        if (row.deleted) {
            throw Refusal.invalid("The run " + id + " must be in the 'active' state. Current state is deleted.");
        }
        return row;
    }

    List<RunRow> all() {
        return new ArrayList<>(rows.values());
    }
}
