package dev.fairlead.contract.mlflow;

import dev.fairlead.mlflow.traces.OtlpSettings;
import dev.fairlead.spi.JsonCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes traces as an application would, with OpenTelemetry's protocol in JSON. */
final class OtlpJson {
    private OtlpJson() {}

    /** Sends a trace of a root span and its child, and returns its id. */
    static String send(OtlpSettings otlp, Instant start, boolean failed, Map<String, String> attributes) {
        String trace = UUID.randomUUID().toString().replace("-", "");
        String root = trace.substring(0, 16);
        Map<String, Object> outer = span(trace, root, "answer " + trace.substring(0, 4), start, 500);
        outer.put("status", failed ? Map.of("code", 2, "message", "no luck") : Map.of("code", 1));
        List<Object> values = new ArrayList<>();
        attributes.forEach((key, value) -> values.add(text(key, value)));
        values.add(Map.of("key", "n", "value", Map.of("intValue", "5")));
        values.add(Map.of(
                "key",
                "list",
                "value",
                Map.of(
                        "arrayValue",
                        Map.of("values", List.of(Map.of("doubleValue", 1.5), Map.of("boolValue", true))))));
        outer.put("attributes", values);
        outer.put(
                "events",
                List.of(Map.of(
                        "name",
                        "cache miss",
                        "timeUnixNano",
                        nanos(start.plusMillis(10)),
                        "attributes",
                        List.of(text("key", "k")))));
        Map<String, Object> inner = span(trace, trace.substring(16), "think", start.plusMillis(100), 200);
        inner.put("parentSpanId", root);
        Map<String, Object> body = Map.of(
                "resourceSpans",
                List.of(Map.of(
                        "scopeSpans", List.of(Map.of("scope", Map.of("name", "t"), "spans", List.of(outer, inner))))));
        post(otlp.endpoint(), otlp.headers(), JsonCodec.camelCase().write(body));
        return "tr-" + trace;
    }

    private static Map<String, Object> span(String trace, String id, String name, Instant start, long millis) {
        Map<String, Object> span = new LinkedHashMap<>();
        span.put("traceId", trace);
        span.put("spanId", id);
        span.put("name", name);
        span.put("kind", 1);
        span.put("startTimeUnixNano", nanos(start));
        span.put("endTimeUnixNano", nanos(start.plusMillis(millis)));
        return span;
    }

    private static String nanos(Instant time) {
        return time.getEpochSecond() + String.format("%09d", time.getNano());
    }

    private static Map<String, Object> text(String key, String value) {
        return Map.of("key", key, "value", Map.of("stringValue", value));
    }

    /** Posts JSON and expects 200. */
    static void post(URI uri, Map<String, String> headers, byte[] json) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            headers.forEach(connection::setRequestProperty);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(json);
            }
            int status = connection.getResponseCode();
            if (status != 200) {
                throw new AssertionError(uri + " answered " + status + ": "
                        + new String(connection.getErrorStream().readAllBytes(), "UTF-8"));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
