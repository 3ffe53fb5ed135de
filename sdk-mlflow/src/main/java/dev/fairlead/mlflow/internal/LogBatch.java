package dev.fairlead.mlflow.internal;

import dev.fairlead.spi.Body;
import dev.fairlead.spi.JsonOutput;
import java.io.IOException;
import java.util.Map;

/**
 * What one call logs. It is written straight to bytes, because with 1,000 values a tree or records cost more than the sending.
 *
 * @param points holds the values of metrics; those from {@code from} to {@code to} belong to this call
 */
record LogBatch(String runId, Points points, int from, int to, Map<String, String> params, Map<String, String> tags) {
    /** Logs values of metrics alone. */
    static LogBatch of(String runId, Points points) {
        return new LogBatch(runId, points, 0, points.size(), Map.of(), Map.of());
    }

    Body body() {
        return Body.json(Api.JSON.build(this::write));
    }

    private void write(JsonOutput json) throws IOException {
        json.object().name("run_id").text(runId).name("metrics").array();
        for (int i = from; i < to; i++) {
            json.object()
                    .name("key")
                    .text(points.key(i))
                    .name("value")
                    .number(points.value(i))
                    .name("timestamp")
                    .number(points.timestamp(i))
                    .name("step")
                    .number(points.step(i))
                    .endObject();
        }
        json.endArray();
        pairs(json, "params", params);
        pairs(json, "tags", tags);
        json.endObject();
    }

    private static void pairs(JsonOutput json, String name, Map<String, String> pairs) throws IOException {
        if (pairs.isEmpty()) {
            return;
        }
        json.name(name).array();
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            json.object()
                    .name("key")
                    .text(pair.getKey())
                    .name("value")
                    .text(pair.getValue())
                    .endObject();
        }
        json.endArray();
    }
}
