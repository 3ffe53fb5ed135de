package dev.fairlead.mlflow.internal.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Assessments on the wire. */
public final class AssessmentWire {
    private AssessmentWire() {}

    /** An assessment, read or to be made. */
    public record Body(
            @Nullable String assessmentId,
            @Nullable String assessmentName,
            @Nullable String traceId,
            @Nullable String spanId,
            @Nullable Source source,
            @Nullable String createTime,
            @Nullable String lastUpdateTime,
            @Nullable Feedback feedback,
            @Nullable Expectation expectation,
            @Nullable Map<String, Object> issue,
            @Nullable String rationale,
            @Nullable Map<String, String> metadata,
            @Nullable String overrides,
            @Nullable Boolean valid) {}

    /** Who assessed. */
    public record Source(
            @Nullable String sourceType, @Nullable String sourceId) {}

    /** A feedback. */
    public record Feedback(@Nullable Object value, @Nullable Failure error) {}

    /** Why there is no feedback. */
    public record Failure(
            @Nullable String errorCode,
            @Nullable String errorMessage,
            @Nullable String stackTrace) {}

    /** An expectation; lists and maps travel as JSON text. */
    public record Expectation(
            @Nullable Object value, @Nullable Serialized serializedValue) {}

    /** A value as text. */
    public record Serialized(String serializationFormat, String value) {}

    /** An assessment in an envelope; a change says which fields it means. */
    public record Single(Body assessment, @Nullable String updateMask) {}
}
