package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logged models on the wire. */
public final class LoggedModelWire {
    private LoggedModelWire() {}

    /** A model. */
    public record Body(Info info, @Nullable Data data) {}

    /** What a model is. */
    public record Info(
            String modelId,
            @Nullable String experimentId,
            @Nullable String name,
            @Nullable Long creationTimestampMs,
            @Nullable Long lastUpdatedTimestampMs,
            @Nullable String artifactUri,
            @Nullable String status,
            @Nullable String modelType,
            @Nullable String sourceRunId,
            @Nullable String statusMessage,
            @Nullable List<KeyValue> tags) {}

    /** What was logged to a model. */
    public record Data(
            @Nullable List<KeyValue> params, @Nullable List<MetricBody> metrics) {}

    /** A value of a metric; also how it is logged. */
    public record MetricBody(
            String key,
            @Nullable Double value,
            @Nullable Long timestamp,
            @Nullable Long step,
            @Nullable String datasetName,
            @Nullable String datasetDigest,
            @Nullable String modelId,
            @Nullable String runId) {}

    /** Logs metrics of a model to a run. */
    public record LogMetrics(String runId, List<MetricBody> metrics) {}

    /** An answer that holds one model. */
    public record Single(Body model) {}

    /** Asks for a new model. */
    public record Create(
            String experimentId,
            @Nullable String name,
            @Nullable String modelType,
            @Nullable String sourceRunId,
            List<KeyValue> params,
            List<KeyValue> tags) {}

    /** Adds parameters; the id stands here too, although it is in the path. */
    public record Params(String modelId, List<KeyValue> params) {}

    /** Sets tags. */
    public record Tags(String modelId, List<KeyValue> tags) {}

    /** Names a model. */
    public record Id(String modelId) {}

    /** Sets how far a model is. */
    public record Finish(String modelId, String status) {}

    /** Asks for a page. */
    public record Search(
            List<String> experimentIds,
            @Nullable String filter,
            List<DatasetFilter> datasets,
            int maxResults,
            List<OrderBy> orderBy,
            @Nullable String pageToken) {}

    /** Names a dataset that metrics were measured on. */
    public record DatasetFilter(
            String datasetName, @Nullable String datasetDigest) {}

    /** An order. */
    public record OrderBy(String fieldName, boolean ascending) {}

    /** A page. */
    public record Page(
            @Nullable List<Body> models, @Nullable String nextPageToken) {}
}
