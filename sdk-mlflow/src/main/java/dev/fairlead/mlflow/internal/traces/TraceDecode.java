package dev.fairlead.mlflow.internal.traces;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.mlflow.internal.Decode;
import dev.fairlead.mlflow.internal.JsonTrees;
import dev.fairlead.mlflow.internal.wire.AssessmentWire;
import dev.fairlead.mlflow.internal.wire.TraceWire;
import dev.fairlead.mlflow.traces.Assessment;
import dev.fairlead.mlflow.traces.AssessmentContent;
import dev.fairlead.mlflow.traces.AssessmentSource;
import dev.fairlead.mlflow.traces.AssessmentSpec;
import dev.fairlead.mlflow.traces.Span;
import dev.fairlead.mlflow.traces.SpanEvent;
import dev.fairlead.mlflow.traces.Trace;
import dev.fairlead.mlflow.traces.TraceState;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes traces of what came over the wire. */
final class TraceDecode {
    private static final long NANOS = 1_000_000_000L;

    private TraceDecode() {}

    static Trace trace(TraceWire.Info info, @Nullable List<TraceWire.SpanBody> spans) {
        return Decode.checked("trace", () -> {
            Trace.Builder value = Trace.builder()
                    .id(info.traceId())
                    .requestPreview(Objects.requireNonNullElse(info.requestPreview(), ""))
                    .responsePreview(Objects.requireNonNullElse(info.responsePreview(), ""))
                    .metadata(Objects.requireNonNullElse(info.traceMetadata(), Map.of()))
                    .tags(Objects.requireNonNullElse(info.tags(), Map.of()));
            TraceWire.Location location = info.traceLocation();
            if (location != null && location.mlflowExperiment() != null) {
                value.experimentId(
                        Objects.requireNonNullElse(location.mlflowExperiment().experimentId(), ""));
            }
            Decode.text(info.state()).map(TraceState::of).ifPresent(value::state);
            time(info.requestTime()).ifPresent(value::startTime);
            duration(info.executionDuration()).ifPresent(value::duration);
            Decode.list(info.assessments()).forEach(a -> value.addAssessment(assessment(a)));
            Decode.list(spans).forEach(s -> value.addSpan(span(s)));
            return value.build();
        });
    }

    private static Optional<Instant> time(@Nullable String text) {
        return Decode.text(text).map(t -> {
            try {
                return Instant.parse(t);
            } catch (DateTimeException e) {
                throw new InvalidResponseException("mlflow names a time that is none: " + t, e);
            }
        });
    }

    /** Reads seconds, such as {@code 0.500s}. */
    private static Optional<Duration> duration(@Nullable String text) {
        return Decode.text(text).map(t -> {
            try {
                return Duration.ofNanos(new BigDecimal(t.substring(0, t.length() - 1))
                        .movePointRight(9)
                        .longValue());
            } catch (NumberFormatException e) {
                throw new InvalidResponseException("mlflow names a duration that is none: " + t, e);
            }
        });
    }

    private static Span span(TraceWire.SpanBody wire) {
        Span.Builder value = Span.builder()
                .id(id(wire.spanId()))
                .name(Objects.requireNonNullElse(wire.name(), ""))
                .attributes(attributes(wire.attributes()));
        Decode.text(wire.parentSpanId()).map(TraceDecode::id).ifPresent(value::parentId);
        nanos(wire.startTimeUnixNano()).ifPresent(value::start);
        nanos(wire.endTimeUnixNano()).ifPresent(value::end);
        TraceWire.Status status = wire.status();
        if (status != null) {
            Decode.text(status.code())
                    .map(c -> TraceState.of(c.replace("STATUS_CODE_", "")))
                    .filter(s -> !s.value().equals("UNSET"))
                    .ifPresent(value::state);
            Decode.text(status.message()).ifPresent(value::statusMessage);
        }
        Decode.list(wire.events())
                .forEach(e -> value.addEvent(new SpanEvent(
                        Objects.requireNonNullElse(e.name(), ""),
                        nanos(e.timeUnixNano()).orElse(Instant.EPOCH),
                        attributes(e.attributes()))));
        return value.build();
    }

    private static String id(@Nullable String base64) {
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(Objects.requireNonNullElse(base64, "")));
        } catch (IllegalArgumentException e) {
            throw new InvalidResponseException("mlflow names a span by an id that is none: " + base64, e);
        }
    }

    private static Optional<Instant> nanos(@Nullable Long nanos) {
        return Optional.ofNullable(nanos).filter(n -> n > 0).map(n -> Instant.ofEpochSecond(n / NANOS, n % NANOS));
    }

    private static Map<String, Object> attributes(@Nullable List<TraceWire.Attribute> wire) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (TraceWire.Attribute each : Decode.list(wire)) {
            Object value = each.value() == null ? null : value(each.value());
            if (value != null) {
                attributes.put(each.key(), value);
            }
        }
        return attributes;
    }

    /** Reads OpenTelemetry's value, an object with one field named after its kind. */
    private static @Nullable Object value(Map<?, ?> kind) {
        Map.Entry<?, ?> only =
                kind.isEmpty() ? null : kind.entrySet().iterator().next();
        if (only == null) {
            return null;
        }
        Object inner = only.getValue();
        if (only.getKey().equals("array_value") && inner instanceof Map<?, ?> array) {
            List<@Nullable Object> list = new ArrayList<>();
            if (array.get("values") instanceof List<?> values) {
                values.forEach(v -> list.add(v instanceof Map<?, ?> map ? value(map) : null));
            }
            return list;
        }
        if (only.getKey().equals("kvlist_value") && inner instanceof Map<?, ?> object) {
            Map<String, Object> map = new LinkedHashMap<>();
            if (object.get("values") instanceof List<?> values) {
                values.forEach(v -> entry(map, v));
            }
            return map;
        }
        return JsonTrees.plain(inner);
    }

    private static void entry(Map<String, Object> into, @Nullable Object wire) {
        if (wire instanceof Map<?, ?> entry && entry.get("value") instanceof Map<?, ?> kind) {
            Object value = value(kind);
            if (value != null) {
                into.put(String.valueOf(entry.get("key")), value);
            }
        }
    }

    static Assessment assessment(AssessmentWire.Body wire) {
        return Decode.checked("assessment", () -> {
            Map<String, String> metadata = new LinkedHashMap<>(Objects.requireNonNullElse(wire.metadata(), Map.of()));
            metadata.remove(AssessmentSpec.KEY_METADATA);
            AssessmentWire.Source source =
                    Objects.requireNonNullElse(wire.source(), new AssessmentWire.Source(null, null));
            Assessment.Builder value = Assessment.builder()
                    .id(Objects.requireNonNull(wire.assessmentId(), "assessment_id"))
                    .traceId(Objects.requireNonNullElse(wire.traceId(), ""))
                    .name(Objects.requireNonNullElse(wire.assessmentName(), ""))
                    .content(content(wire))
                    .source(new AssessmentSource(
                            Objects.requireNonNullElse(source.sourceType(), ""),
                            Objects.requireNonNullElse(source.sourceId(), "")))
                    .rationale(Objects.requireNonNullElse(wire.rationale(), ""))
                    .metadata(metadata)
                    .valid(!Boolean.FALSE.equals(wire.valid()));
            Decode.text(wire.spanId()).ifPresent(value::spanId);
            Decode.text(wire.overrides()).ifPresent(value::overrides);
            time(wire.createTime()).ifPresent(value::createdAt);
            time(wire.lastUpdateTime()).ifPresent(value::updatedAt);
            return value.build();
        });
    }

    private static AssessmentContent content(AssessmentWire.Body wire) {
        AssessmentWire.Feedback feedback = wire.feedback();
        if (feedback != null) {
            AssessmentWire.Failure error = feedback.error();
            return new AssessmentContent.Feedback(
                    JsonTrees.plain(feedback.value()),
                    error == null
                            ? null
                            : new AssessmentContent.Failure(
                                    Objects.requireNonNullElse(error.errorCode(), ""),
                                    Objects.requireNonNullElse(error.errorMessage(), ""),
                                    Objects.requireNonNullElse(error.stackTrace(), "")));
        }
        AssessmentWire.Expectation expectation = wire.expectation();
        if (expectation != null) {
            AssessmentWire.Serialized text = expectation.serializedValue();
            return new AssessmentContent.Expectation(
                    text == null
                            ? JsonTrees.plain(expectation.value())
                            : JsonTrees.value(text.value(), "the value of an expectation"));
        }
        return new AssessmentContent.Unknown(JsonTrees.object(Objects.requireNonNullElse(wire.issue(), Map.of())));
    }
}
