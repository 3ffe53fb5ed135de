package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs on the wire. */
public final class RunWire {
    private RunWire() {}

    /** A run. */
    public record Body(
            Info info, @Nullable Data data, InputWire.@Nullable Inputs inputs, InputWire.@Nullable Outputs outputs) {}

    /** What a run is. */
    public record Info(
            String runId,
            @Nullable String experimentId,
            @Nullable String runName,
            @Nullable String userId,
            @Nullable String status,
            @Nullable Long startTime,
            @Nullable Long endTime,
            @Nullable String artifactUri,
            @Nullable String lifecycleStage) {}

    /** What a run logged. */
    public record Data(
            @Nullable List<MetricBody> metrics,
            @Nullable List<KeyValue> params,
            @Nullable List<KeyValue> tags) {}

    /** A metric; not a number travels as the text {@code "NaN"}. */
    public record MetricBody(
            String key,
            @Nullable Double value,
            @Nullable Long timestamp,
            @Nullable Long step) {}

    /** An answer that holds one run. */
    public record Single(Body run) {}

    /** Asks for a new run. */
    public record Create(
            String experimentId,
            @Nullable String userId,
            @Nullable String runName,
            long startTime,
            List<KeyValue> tags) {}

    /** Names a run. */
    public record Id(String runId) {}

    /** Changes a run. */
    public record Update(
            String runId,
            @Nullable String status,
            @Nullable Long endTime,
            @Nullable String runName) {}

    /** Notes a model in a run. */
    public record LogModel(String runId, String modelJson) {}

    /** Removes a tag. */
    public record DeleteTag(String runId, String key) {}

    /** Asks for a page. */
    public record Search(
            List<String> experimentIds,
            @Nullable String filter,
            String runViewType,
            int maxResults,
            @Nullable List<String> orderBy,
            @Nullable String pageToken) {}

    /** A page. */
    public record Page(@Nullable List<Body> runs, @Nullable String nextPageToken) {}

    /** A page of a metric's history. */
    public record History(
            @Nullable List<MetricBody> metrics, @Nullable String nextPageToken) {}

    /** A value of a metric with the run it belongs to. */
    public record RunMetric(
            @Nullable String runId,
            String key,
            @Nullable Double value,
            @Nullable Long timestamp,
            @Nullable Long step) {}

    /** Values of a metric in many runs. */
    public record Histories(@Nullable List<RunMetric> metrics) {}

    /** A folder of artifacts. */
    public record Files(
            @Nullable String rootUri,
            @Nullable List<FileBody> files,
            @Nullable String nextPageToken) {}

    /** An artifact; an empty file has no size on the wire. */
    public record FileBody(
            String path, @Nullable Boolean isDir, @Nullable Long fileSize) {}
}
