package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Traces on the wire; spans are OpenTelemetry's, ids in base64. */
public final class TraceWire {
    private TraceWire() {}

    /** An answer that holds one trace. */
    public record Single(Body trace) {}

    /** A trace. */
    public record Body(Info traceInfo, @Nullable List<SpanBody> spans) {}

    /** What a trace is. */
    public record Info(
            String traceId,
            @Nullable Location traceLocation,
            @Nullable String requestPreview,
            @Nullable String responsePreview,
            @Nullable String requestTime,
            @Nullable String executionDuration,
            @Nullable String state,
            @Nullable Map<String, String> traceMetadata,
            @Nullable Map<String, String> tags,
            @Nullable List<AssessmentWire.Body> assessments) {}

    /** Where a trace is. */
    public record Location(String type, @Nullable InExperiment mlflowExperiment) {
        /** Names an experiment. */
        public static Location experiment(String id) {
            return new Location("MLFLOW_EXPERIMENT", new InExperiment(id));
        }
    }

    /** An experiment. */
    public record InExperiment(@Nullable String experimentId) {}

    /** A span. */
    public record SpanBody(
            @Nullable String spanId,
            @Nullable String parentSpanId,
            @Nullable String name,
            @Nullable Long startTimeUnixNano,
            @Nullable Long endTimeUnixNano,
            @Nullable List<Attribute> attributes,
            @Nullable List<Event> events,
            @Nullable Status status) {}

    /** An attribute; its value is one of OpenTelemetry's kinds. */
    public record Attribute(String key, @Nullable Map<String, Object> value) {}

    /** What happened in a span. */
    public record Event(
            @Nullable String name,
            @Nullable Long timeUnixNano,
            @Nullable List<Attribute> attributes) {}

    /** How a span ended. */
    public record Status(@Nullable String code, @Nullable String message) {}

    /** Asks for a page. */
    public record Search(
            List<Location> locations,
            String filter,
            int maxResults,
            List<String> orderBy,
            @Nullable String pageToken) {}

    /** A page. */
    public record Page(
            @Nullable List<Info> traces, @Nullable String nextPageToken) {}

    /** A tag. */
    public record Tag(String key, @Nullable String value) {}

    /** Asks to delete: these, or those up to a moment. */
    public record Delete(
            String experimentId,
            @Nullable List<String> requestIds,
            @Nullable Long maxTimestampMillis,
            @Nullable Integer maxTraces) {}

    /** How many were deleted. */
    public record Deleted(@Nullable Integer tracesDeleted) {}

    /** Links traces to a run. */
    public record Link(List<String> traceIds, String runId) {}
}
