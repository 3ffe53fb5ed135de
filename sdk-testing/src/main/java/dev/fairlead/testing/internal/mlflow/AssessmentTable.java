package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.spi.JsonCodec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is said of traces, kept with each. */
final class AssessmentTable {
    private static final String ONE = "3.0/traces/{trace_id}/assessments/{assessment_id}";

    private final Function<String, TraceRow> traces;

    AssessmentTable(Function<String, TraceRow> traces) {
        this.traces = traces;
    }

    void calls(
            Map<String, Function<Request, Map<String, Object>>> reads,
            Map<String, Function<Request, Map<String, Object>>> writes) {
        writes.put("POST 3.0/traces/{trace_id}/assessments", this::create);
        reads.put("GET " + ONE, request -> Wire.object("assessment", find(request)));
        writes.put("PATCH " + ONE, this::update);
        writes.put("DELETE " + ONE, this::delete);
    }

    private Map<String, Object> create(Request request) {
        TraceRow trace = traces.apply(request.text("trace_id"));
        Map<String, Object> made = new LinkedHashMap<>(sent(request));
        String id = "a-" + request.ids().get();
        made.put("assessment_id", id);
        made.put("trace_id", trace.id);
        made.put("create_time", time(request));
        made.put("last_update_time", time(request));
        made.put("valid", true);
        content(made);
        if (made.get("overrides") instanceof String replaced && !replaced.isEmpty()) {
            one(trace, replaced).put("valid", false);
        }
        trace.assessments.put(id, made);
        return Wire.object("assessment", made);
    }

    /** Numbers of values become fractions on the server, and lists and maps become text. */
    private static void content(Map<String, Object> made) {
        if (made.get("feedback") instanceof Map<?, ?> feedback) {
            Map<String, Object> copy = copy(feedback);
            copy.put("value", fraction(copy.get("value")));
            made.put("feedback", copy);
        }
        if (made.get("expectation") instanceof Map<?, ?> expectation) {
            Object value = expectation.get("value");
            made.put(
                    "expectation",
                    value instanceof Map || value instanceof List
                            ? Wire.object(
                                    "serialized_value",
                                    Wire.object(
                                            "serialization_format",
                                            "JSON_FORMAT",
                                            "value",
                                            JsonCodec.camelCase().text(value)))
                            : copy(expectation));
        }
    }

    private static @Nullable Object fraction(@Nullable Object value) {
        return value instanceof Number number ? (Object) number.doubleValue() : value;
    }

    private Map<String, Object> update(Request request) {
        Map<String, Object> row = find(request);
        Map<String, Object> sent = sent(request);
        for (String field : request.optional("update_mask").orElse("").split(",", -1)) {
            switch (field) {
                case "assessmentName" -> row.put("assessment_name", sent.get("assessment_name"));
                case "rationale" -> row.put("rationale", sent.get("rationale"));
                case "metadata" -> {
                    Map<String, Object> merged = copy(row.get("metadata"));
                    merged.putAll(copy(sent.get("metadata")));
                    row.put("metadata", merged);
                }
                case "feedback", "expectation" -> {
                    if (!row.containsKey(field)) {
                        throw Refusal.invalid("Cannot update " + field + " value on another kind of assessment.");
                    }
                    row.put(field, sent.get(field));
                    content(row);
                }
                default -> throw Refusal.invalid("Invalid field in update_mask: '" + field + "'");
            }
        }
        row.put("last_update_time", time(request));
        return Wire.object("assessment", row);
    }

    private Map<String, Object> delete(Request request) {
        traces.apply(request.text("trace_id")).assessments.remove(request.text("assessment_id"));
        return Map.of();
    }

    private Map<String, Object> find(Request request) {
        return one(traces.apply(request.text("trace_id")), request.text("assessment_id"));
    }

    private static Map<String, Object> one(TraceRow trace, String id) {
        Map<String, Object> found = trace.assessments.get(id);
        if (found == null) {
            throw Refusal.missing("Assessment with ID '" + id + "' not found for trace '" + trace.id + "'");
        }
        return found;
    }

    private static Map<String, Object> sent(Request request) {
        return copy(request.fields().get("assessment"));
    }

    private static Map<String, Object> copy(@Nullable Object tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        }
        return copy;
    }

    private static String time(Request request) {
        return Instant.ofEpochMilli(request.now()).toString();
    }
}
