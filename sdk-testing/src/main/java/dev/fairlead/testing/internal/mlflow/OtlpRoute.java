package dev.fairlead.testing.internal.mlflow;

import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.testing.internal.http.Answer;
import dev.fairlead.testing.internal.http.HttpCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Takes spans in over OTLP, as protobuf or JSON, in plain or gzip. */
final class OtlpRoute {
    /** Names the call to the state; no route of this name is offered. */
    static final String CALL = "OTLP v1/traces";

    private OtlpRoute() {}

    static Answer handle(MlflowState state, HttpCall http) throws IOException {
        Optional<String> experiment = http.header("x-mlflow-experiment-id");
        if (experiment.isEmpty()) {
            return detail(422, List.of(Map.of("type", "missing", "loc", List.of("header", "x-mlflow-experiment-id"))));
        }
        byte[] body = http.bytes();
        if (http.header("content-encoding").orElse("").equals("gzip")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        List<Object> spans = new ArrayList<>();
        try {
            boolean json = http.header("content-type").orElse("").startsWith("application/json");
            collect(json ? JsonCodec.camelCase().object(body, "spans") : OtlpProtobuf.request(body), spans);
        } catch (InvalidResponseException | IllegalArgumentException | BufferUnderflowException e) {
            return detail(400, "Invalid OpenTelemetry format");
        }
        if (spans.isEmpty()) {
            return detail(400, "Invalid OpenTelemetry format - no spans found");
        }
        state.call(CALL, Map.of("experiment_id", experiment.get(), "spans", spans));
        return Answer.bytes(200, "application/x-protobuf", new byte[0]);
    }

    private static Answer detail(int status, Object detail) {
        return Answer.json(status, Map.of("detail", detail));
    }

    private static void collect(Map<String, Object> request, List<Object> spans) {
        for (Object resource : list(request, "resourceSpans")) {
            for (Object scope : list(resource, "scopeSpans")) {
                spans.addAll(list(scope, "spans"));
            }
        }
    }

    private static List<?> list(Object tree, String key) {
        return tree instanceof Map<?, ?> map && map.get(key) instanceof List<?> list ? list : List.of();
    }
}
