package dev.fairlead.mlflow.internal.traces;

import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.internal.wire.AssessmentWire;
import dev.fairlead.mlflow.traces.AssessmentChange;
import dev.fairlead.mlflow.traces.AssessmentContent;
import dev.fairlead.mlflow.traces.AssessmentSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes assessments for the wire. */
final class AssessmentEncode {
    private AssessmentEncode() {}

    static AssessmentWire.Body made(String traceId, AssessmentSpec spec, String key) {
        Map<String, String> metadata = new LinkedHashMap<>(spec.metadata());
        metadata.put(AssessmentSpec.KEY_METADATA, key);
        return new AssessmentWire.Body(
                null,
                spec.name(),
                traceId,
                spec.spanId().orElse(null),
                new AssessmentWire.Source(spec.source().type(), spec.source().id()),
                null,
                null,
                feedback(spec.content()),
                expectation(spec.content()),
                null,
                spec.rationale().isEmpty() ? null : spec.rationale(),
                metadata,
                spec.overrides().orElse(null),
                null);
    }

    /** Writes a change, and which fields it means, by their names in camel case. */
    static AssessmentWire.Body changed(
            String traceId, String assessmentId, AssessmentChange change, List<String> mask) {
        AssessmentContent content = change.content().orElse(null);
        AssessmentWire.Feedback feedback = content == null ? null : feedback(content);
        AssessmentWire.Expectation expectation = content == null ? null : expectation(content);
        mean(mask, change.name().isPresent(), "assessmentName");
        mean(mask, feedback != null, "feedback");
        mean(mask, expectation != null, "expectation");
        mean(mask, change.rationale().isPresent(), "rationale");
        mean(mask, !change.metadata().isEmpty(), "metadata");
        return new AssessmentWire.Body(
                assessmentId,
                change.name().orElse(null),
                traceId,
                null,
                null,
                null,
                null,
                feedback,
                expectation,
                null,
                change.rationale().orElse(null),
                change.metadata().isEmpty() ? null : change.metadata(),
                null,
                null);
    }

    private static void mean(List<String> mask, boolean meant, String field) {
        if (meant) {
            mask.add(field);
        }
    }

    private static AssessmentWire.@Nullable Feedback feedback(AssessmentContent content) {
        if (!(content instanceof AssessmentContent.Feedback feedback)) {
            return null;
        }
        AssessmentContent.Failure failure = feedback.failure();
        return new AssessmentWire.Feedback(
                feedback.value(),
                failure == null
                        ? null
                        : new AssessmentWire.Failure(
                                failure.code(),
                                failure.message(),
                                failure.stackTrace().isEmpty() ? null : failure.stackTrace()));
    }

    /** Writes lists and maps as text, for the server makes fractions of all their numbers otherwise. */
    private static AssessmentWire.@Nullable Expectation expectation(AssessmentContent content) {
        if (!(content instanceof AssessmentContent.Expectation expectation)) {
            return null;
        }
        Object value = expectation.value();
        return value instanceof List || value instanceof Map
                ? new AssessmentWire.Expectation(
                        null, new AssessmentWire.Serialized("JSON_FORMAT", Api.JSON.text(value)))
                : new AssessmentWire.Expectation(value, null);
    }
}
