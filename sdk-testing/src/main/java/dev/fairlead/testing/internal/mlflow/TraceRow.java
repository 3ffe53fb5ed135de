package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A trace with its spans, which arrive in OpenTelemetry's JSON. */
final class TraceRow {
    private static final long MILLION = 1_000_000L;

    final String id;
    final String experimentId;
    final Map<String, String> tags = new LinkedHashMap<>();
    final TreeSet<String> runs = new TreeSet<>();
    final Map<String, Map<String, Object>> assessments = new LinkedHashMap<>();
    /** Spans by id; the same one again replaces itself. */
    private final Map<String, Map<String, Object>> spans = new TreeMap<>();

    TraceRow(String id, String experimentId) {
        this.id = id;
        this.experimentId = experimentId;
        tags.put("mlflow.artifactLocation", "mlflow-artifacts:/" + experimentId + "/traces/" + id + "/artifacts");
        tags.put("mlflow.trace.spansLocation", "TRACKING_STORE");
    }

    void add(Map<String, Object> span) {
        spans.put(String.valueOf(span.get("spanId")), span);
    }

    private static long nanos(Map<String, Object> span, String key) {
        Object value = span.get(key);
        return value == null ? 0 : Long.parseLong(String.valueOf(value));
    }

    private long start() {
        return spans.values().stream()
                .mapToLong(s -> nanos(s, "startTimeUnixNano"))
                .min()
                .orElse(0);
    }

    private long end() {
        return spans.values().stream()
                .mapToLong(s -> nanos(s, "endTimeUnixNano"))
                .max()
                .orElse(0);
    }

    long startMillis() {
        return start() / MILLION;
    }

    private long millis() {
        return end() / MILLION - startMillis();
    }

    private Optional<Map<String, Object>> root() {
        return spans.values().stream().filter(s -> parent(s).isEmpty()).findFirst();
    }

    private static String parent(Map<String, Object> span) {
        Object parent = span.get("parentSpanId");
        return parent == null ? "" : String.valueOf(parent);
    }

    private static int code(Map<String, Object> span) {
        if (span.get("status") instanceof Map<?, ?> status) {
            Object code = status.get("code");
            return switch (String.valueOf(code)) {
                case "1", "STATUS_CODE_OK" -> 1;
                case "2", "STATUS_CODE_ERROR" -> 2;
                default -> 0;
            };
        }
        return 0;
    }

    String state() {
        return root().map(TraceRow::code)
                .map(c -> c == 1 ? "OK" : c == 2 ? "ERROR" : "STATE_UNSPECIFIED")
                .orElse("IN_PROGRESS");
    }

    /** Returns what a search compares; several where a trace has several, such as the names of its spans. */
    List<Object> values(String kind, String key) {
        return switch (kind) {
            case "tag" -> Optional.<Object>ofNullable(tags.get(key)).stream().toList();
            case "attribute" -> attribute(key);
            case "feedback", "expectation" ->
                assessments.values().stream()
                        .filter(a -> key.equals(a.get("assessment_name")) && a.get(kind) instanceof Map)
                        .map(a -> assessed((Map<?, ?>) a.get(kind)))
                        .toList();
            case "span" -> spans.values().stream().map(s -> span(s, key)).toList();
            default -> List.of();
        };
    }

    private List<Object> attribute(String key) {
        return switch (key) {
            case "status" -> List.of(state());
            case "run_id" -> List.copyOf(runs);
            case "timestamp_ms" -> List.of(startMillis());
            case "execution_time_ms" -> List.of(millis());
            case "name" ->
                Optional.<Object>ofNullable(tags.get("mlflow.traceName")).stream()
                        .toList();
            default -> throw Refusal.invalid("Invalid attribute key '" + key + "' specified.");
        };
    }

    private static Object assessed(Map<?, ?> content) {
        return content.get("serialized_value") instanceof Map<?, ?> text
                ? String.valueOf(text.get("value"))
                : String.valueOf(content.get("value"));
    }

    private static Object span(Map<String, Object> span, String key) {
        return switch (key) {
            case "name" -> String.valueOf(span.get("name"));
            case "type" ->
                attributeText(span, "mlflow.spanType").orElse("UNKNOWN").replace("\"", "");
            case "content" -> JsonCodec.camelCase().text(span);
            default -> throw Refusal.invalid("Invalid span attribute '" + key + "'.");
        };
    }

    private static Optional<String> attributeText(Map<String, Object> span, String key) {
        return objects(span.get("attributes")).stream()
                .filter(a -> key.equals(a.get("key")))
                .map(a -> a.get("value") instanceof Map<?, ?> v ? v.get("stringValue") : null)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .findFirst();
    }

    /** Returns the trace without its spans. */
    Map<String, Object> info() {
        Map<String, Object> info = Wire.object(
                "trace_id",
                id,
                "trace_location",
                Wire.object("type", "MLFLOW_EXPERIMENT", "mlflow_experiment", Map.of("experiment_id", experimentId)),
                "request_time",
                Instant.ofEpochMilli(startMillis()).toString(),
                "execution_duration",
                BigDecimal.valueOf(millis(), 3).toPlainString() + "s",
                "state",
                state(),
                "assessments",
                List.copyOf(assessments.values()),
                "tags",
                Map.copyOf(tags));
        root().flatMap(r -> attributeText(r, "mlflow.spanInputs")).ifPresent(t -> info.put("request_preview", t));
        root().flatMap(r -> attributeText(r, "mlflow.spanOutputs")).ifPresent(t -> info.put("response_preview", t));
        return info;
    }

    /** Returns the trace with its spans. */
    Map<String, Object> full() {
        return Wire.object(
                "trace_info",
                info(),
                "spans",
                spans.values().stream()
                        .sorted(Comparator.comparingLong(s -> nanos(s, "startTimeUnixNano")))
                        .map(this::wire)
                        .toList());
    }

    private Map<String, Object> wire(Map<String, Object> span) {
        List<Map<String, Object>> attributes = new ArrayList<>(attributes(span.get("attributes")));
        attributes.add(Wire.object("key", "mlflow.traceRequestId", "value", Map.of("string_value", id)));
        Map<String, Object> wire = Wire.object(
                "trace_id",
                base64(id.substring("tr-".length())),
                "span_id",
                base64(String.valueOf(span.get("spanId"))),
                "name",
                span.get("name"),
                "start_time_unix_nano",
                nanos(span, "startTimeUnixNano"),
                "end_time_unix_nano",
                nanos(span, "endTimeUnixNano"),
                "attributes",
                attributes,
                "events",
                objects(span.get("events")).stream().map(TraceRow::event).toList(),
                "status",
                status(span));
        if (!parent(span).isEmpty()) {
            wire.put("parent_span_id", base64(parent(span)));
        }
        return wire;
    }

    private static Map<String, Object> status(Map<String, Object> span) {
        Map<String, Object> status = new LinkedHashMap<>();
        if (span.get("status") instanceof Map<?, ?> given && given.get("message") != null) {
            status.put("message", given.get("message"));
        }
        if (code(span) > 0) {
            status.put("code", code(span) == 1 ? "STATUS_CODE_OK" : "STATUS_CODE_ERROR");
        }
        return status;
    }

    private static Map<String, Object> event(Map<String, Object> event) {
        return Wire.object(
                "time_unix_nano",
                nanos(event, "timeUnixNano"),
                "name",
                event.get("name"),
                "attributes",
                attributes(event.get("attributes")));
    }

    private static List<Map<String, Object>> attributes(@Nullable Object given) {
        return objects(given).stream()
                .map(a -> Wire.object("key", a.get("key"), "value", value(a.get("value"), true)))
                .toList();
    }

    /** Turns a value into the server's names; MLflow's own texts are JSON, which the server reads. */
    private static Map<String, Object> value(@Nullable Object given, boolean parse) {
        Map<String, Object> value = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> kinds) {
            kinds.forEach((kind, inner) -> {
                switch (String.valueOf(kind)) {
                    case "stringValue" -> value.putAll(parse ? text(String.valueOf(inner)) : string(inner));
                    case "intValue" -> value.put("int_value", Long.parseLong(String.valueOf(inner)));
                    case "doubleValue" -> value.put("double_value", inner);
                    case "boolValue" -> value.put("bool_value", inner);
                    case "arrayValue" ->
                        value.put(
                                "array_value",
                                Wire.object(
                                        "values",
                                        list(inner).stream()
                                                .map(v -> value(v, false))
                                                .toList()));
                    default -> value.put("kvlist_value", Wire.object("values", pairs(inner)));
                }
            });
        }
        return value;
    }

    private static List<Map<String, Object>> pairs(@Nullable Object inner) {
        return list(inner).stream()
                .filter(Map.class::isInstance)
                .map(p -> (Map<?, ?>) p)
                .map(p -> Wire.object("key", p.get("key"), "value", value(p.get("value"), false)))
                .toList();
    }

    private static Map<String, Object> string(@Nullable Object text) {
        return Wire.object("string_value", String.valueOf(text));
    }

    private static Map<String, Object> text(String text) {
        try {
            return tree(JsonCodec.camelCase().tree(text.getBytes(StandardCharsets.UTF_8), "an attribute"));
        } catch (InvalidResponseException e) {
            return string(text);
        }
    }

    private static Map<String, Object> tree(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            List<Object> pairs = new ArrayList<>();
            map.forEach((key, value) -> pairs.add(Wire.object("key", String.valueOf(key), "value", tree(value))));
            return Wire.object("kvlist_value", Wire.object("values", pairs));
        }
        if (tree instanceof List<?> list) {
            return Wire.object(
                    "array_value",
                    Wire.object("values", list.stream().map(TraceRow::tree).toList()));
        }
        if (tree instanceof Boolean) {
            return Wire.object("bool_value", tree);
        }
        boolean whole = tree instanceof Integer || tree instanceof Long || tree instanceof BigInteger;
        return whole
                ? Wire.object("int_value", tree)
                : tree instanceof Number ? Wire.object("double_value", tree) : string(tree);
    }

    private static List<?> list(@Nullable Object inner) {
        return inner instanceof Map<?, ?> map && map.get("values") instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(@Nullable Object given) {
        return given instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    private static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
