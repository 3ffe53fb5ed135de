package dev.fairlead.mlflow.traces;

import java.net.URI;
import java.util.Map;

/**
 * Tells OpenTelemetry how to send spans to the tracking server. Holds no exporter; OpenTelemetry is the caller's own.
 *
 * <pre>{@code
 * OtlpSettings otlp = mlflow.traces().otlp(experiment);
 * OtlpHttpSpanExporter.builder().setEndpoint(otlp.endpoint().toString()).setHeaders(otlp::headers).build();
 * }</pre>
 *
 * <p>Or, with OpenTelemetry's autoconfiguration: {@code addPropertiesSupplier(otlp::properties)}. The server takes a request whole or not
 * at all, and the same span twice as one.
 */
public interface OtlpSettings {
    /** Returns where spans are posted to, as protobuf over HTTP. */
    URI endpoint();

    /**
     * Returns the headers of a request: the experiment, the client's workspace, the endpoint's own headers, and the credentials as they
     * are now. Ask for every request, so that tokens that change are followed. Holds secrets.
     */
    Map<String, String> headers();

    /**
     * Returns the same as OpenTelemetry's properties {@code otel.exporter.otlp.traces.*}, which are also its environment variables'
     * names. Credentials are those of now; where they change, pass {@link #headers()} as a supplier instead. Holds secrets.
     */
    Map<String, String> properties();
}
