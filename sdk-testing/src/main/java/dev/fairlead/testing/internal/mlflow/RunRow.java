package dev.fairlead.testing.internal.mlflow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One run. */
final class RunRow {
    private static final Comparator<Point> LATER = Comparator.comparingLong(Point::step)
            .thenComparingLong(Point::timestamp)
            .thenComparingDouble(Point::value);

    final String id;
    final String experimentId;
    final String userId;
    final long startTime;
    final String artifactUri;
    final Map<String, String> params = new LinkedHashMap<>();
    final Map<String, String> tags = new LinkedHashMap<>();
    final Map<String, Set<Point>> history = new LinkedHashMap<>();
    final Map<String, Point> latest = new LinkedHashMap<>();
    final Map<String, Map<String, Object>> datasets = new LinkedHashMap<>();
    final Set<String> usedModels = new LinkedHashSet<>();
    final Map<String, Long> madeModels = new LinkedHashMap<>();
    String status = "RUNNING";

    @Nullable
    Long endTime;

    boolean deleted;

    RunRow(String id, String experimentId, String userId, long startTime, String artifactUri) {
        this.id = id;
        this.experimentId = experimentId;
        this.userId = userId;
        this.startTime = startTime;
        this.artifactUri = artifactUri;
    }

    /** One value of a metric; two that agree in everything are one row. */
    record Point(String key, double value, long timestamp, long step) {
        Map<String, Object> wire() {
            return Wire.object(
                    "key", key, "value", Double.isNaN(value) ? "NaN" : value, "timestamp", timestamp, "step", step);
        }
    }

    String name() {
        return tags.getOrDefault("mlflow.runName", "");
    }

    void add(Point point) {
        history.computeIfAbsent(point.key(), k -> new LinkedHashSet<>()).add(point);
        latest.merge(point.key(), point, (old, now) -> LATER.compare(now, old) >= 0 ? now : old);
    }

    /** Returns a metric's rows as the server orders them. */
    List<Point> history(String key) {
        List<Point> points = new ArrayList<>(history.getOrDefault(key, Set.of()));
        points.sort(Comparator.comparingLong(Point::timestamp)
                .thenComparingLong(Point::step)
                .thenComparingDouble(Point::value));
        return points;
    }

    Optional<Object> value(String kind, String key) {
        return switch (kind) {
            case "metric", "metrics" -> Optional.ofNullable(latest.get(key)).map(Point::value);
            case "parameter", "param", "params" -> Optional.ofNullable(params.get(key));
            case "tag", "tags" -> Optional.ofNullable(tags.get(key));
            default -> attribute(key);
        };
    }

    private Optional<Object> attribute(String key) {
        return switch (key) {
            case "run_id" -> Optional.of(id);
            case "run_name", "Run name", "run name" -> Optional.of(name());
            case "status" -> Optional.of(status);
            case "user_id", "User" -> Optional.of(userId);
            case "artifact_uri" -> Optional.of(artifactUri);
            case "start_time", "Created", "created" -> Optional.of(startTime);
            case "end_time" -> Optional.ofNullable(endTime);
            default -> throw Refusal.invalid("Invalid attribute key '" + key + "' specified.");
        };
    }

    Map<String, Object> info() {
        Map<String, Object> info = Wire.object(
                "run_uuid", id,
                "experiment_id", experimentId,
                "run_name", name(),
                "user_id", userId,
                "status", status,
                "start_time", startTime);
        if (endTime != null) {
            info.put("end_time", endTime);
        }
        info.put("artifact_uri", artifactUri);
        info.put("lifecycle_stage", deleted ? "deleted" : "active");
        info.put("run_id", id);
        return info;
    }

    Map<String, Object> wire() {
        Map<String, Object> data = Wire.object(
                "metrics",
                latest.values().stream().map(Point::wire).toList(),
                "params",
                Wire.pairs(params),
                "tags",
                Wire.pairs(tags));
        Map<String, Object> inputs = Wire.object(
                "dataset_inputs",
                List.copyOf(datasets.values()),
                "model_inputs",
                usedModels.stream().map(id -> Wire.object("model_id", id)).toList());
        List<Map<String, Object>> made = new ArrayList<>();
        madeModels.forEach((id, step) -> made.add(Wire.object("model_id", id, "step", step)));
        return Wire.object(
                "info", info(), "data", data, "inputs", inputs, "outputs", Wire.object("model_outputs", made));
    }
}
