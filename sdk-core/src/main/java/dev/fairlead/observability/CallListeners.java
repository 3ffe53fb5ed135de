package dev.fairlead.observability;

import dev.fairlead.CallListener;

/**
 * Makes listeners that tell Micrometer or OpenTelemetry of every attempt of every call, in the names of OpenTelemetry's semantic conventions for
 * HTTP clients. Both are optional dependencies: whoever has such an object has its library, and only then is a class of it loaded.
 *
 * <pre>{@code
 * MlPlatform.builder().addCallListener(CallListeners.micrometer(registry)).build();
 * }</pre>
 *
 * <p>Each attempt is a measurement of its own, so that repeats are seen. Attributes: {@code http.request.method},
 * {@code server.address}, {@code server.port}, {@code http.response.status_code} (where an answer came), {@code error.type} (where it failed:
 * the status, or {@code transport}), and of ours {@code fairlead.system} and {@code fairlead.operation}, such as {@code mlflow} and
 * {@code runs/create}. None holds a path, a query, a header or a body.
 */
public final class CallListeners {
    private CallListeners() {}

    /**
     * Records the timer {@code http.client.request.duration}, and counts in {@code fairlead.circuit.changes} how often a circuit
     * breaker changed its state.
     *
     * @param registry an {@code io.micrometer.core.instrument.MeterRegistry} of Micrometer 1.x
     * @throws dev.fairlead.error.ConfigurationException if it is something else
     */
    public static CallListener micrometer(Object registry) {
        return MicrometerListener.of(registry);
    }

    /**
     * Records the histogram {@code http.client.request.duration} in seconds and one client span per attempt, named by method and operation, as a
     * child of the span that is current where the call is made; calls carry on the trace of that span in {@code traceparent}. Counts in
     * {@code fairlead.circuit.changes} how often a circuit breaker changed its state.
     *
     * @param openTelemetry an {@code io.opentelemetry.api.OpenTelemetry} of version 1.x
     * @throws dev.fairlead.error.ConfigurationException if it is something else
     */
    public static CallListener openTelemetry(Object openTelemetry) {
        return OpenTelemetryListener.of(openTelemetry);
    }
}
