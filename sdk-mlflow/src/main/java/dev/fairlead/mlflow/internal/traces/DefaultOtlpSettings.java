package dev.fairlead.mlflow.internal.traces;

import dev.fairlead.credentials.Credential;
import dev.fairlead.mlflow.internal.Api;
import dev.fairlead.mlflow.traces.OtlpSettings;
import dev.fairlead.spi.CallSpec;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where spans of one experiment go.
 *
 * @param api the server
 * @param experimentId the experiment
 */
record DefaultOtlpSettings(Api api, String experimentId) implements OtlpSettings {
    private static final String EXPERIMENT = "x-mlflow-experiment-id";
    private static final String PREFIX = "otel.exporter.otlp.traces.";

    @Override
    public URI endpoint() {
        String base = api.baseUri().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/traces");
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>(api.calls().headers());
        headers.put(EXPERIMENT, experimentId);
        URI target = api.baseUri().resolve("/");
        api.platform()
                .credentials("mlflow")
                .resolve(target)
                .map(Credential::headers)
                .ifPresent(headers::putAll);
        return headers;
    }

    @Override
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("otel.traces.exporter", "otlp");
        properties.put(PREFIX + "endpoint", endpoint().toString());
        properties.put(PREFIX + "protocol", "http/protobuf");
        properties.put(
                PREFIX + "headers",
                headers().entrySet().stream()
                        .map(e -> e.getKey() + "=" + CallSpec.encode(e.getValue()))
                        .collect(Collectors.joining(",")));
        return properties;
    }

    @Override
    public String toString() {
        return "OtlpSettings[" + endpoint() + ", experiment " + experimentId + "]";
    }
}
