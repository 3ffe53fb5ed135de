package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.TraceFilter;
import dev.fairlead.mlflow.traces.OtlpSettings;
import dev.fairlead.mlflow.traces.Span;
import dev.fairlead.mlflow.traces.Trace;
import dev.fairlead.mlflow.traces.TraceState;
import dev.fairlead.support.Proves;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** OpenTelemetry's own exporter sends spans with our settings. */
abstract class OtlpContract extends MlflowContract {
    @Test
    @Proves("mlflow.otlp")
    void exporter_withOurEndpointAndHeaders_sendsASpanThatIsFound() {
        OtlpSettings otlp = mlflow.traces().otlp(experiment);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(OtlpHttpSpanExporter.builder()
                        .setEndpoint(otlp.endpoint().toString())
                        .setHeaders(otlp::headers)
                        .build()))
                .build();
        try {
            span(provider.get("test"));
            assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        } finally {
            provider.close();
        }

        found();
    }

    @Test
    @Proves("mlflow.otlp")
    void autoconfigure_withOurProperties_sendsASpanThatIsFound() {
        OtlpSettings otlp = mlflow.traces().otlp(experiment);
        Map<String, String> properties = new HashMap<>(otlp.properties());
        properties.put("otel.metrics.exporter", "none");
        properties.put("otel.logs.exporter", "none");
        var sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesCustomizer(config -> properties)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        try {
            span(sdk.getTracer("test"));
            assertThat(sdk.getSdkTracerProvider()
                            .forceFlush()
                            .join(20, TimeUnit.SECONDS)
                            .isSuccess())
                    .isTrue();
        } finally {
            sdk.close();
        }

        found();
    }

    private static void span(Tracer tracer) {
        io.opentelemetry.api.trace.Span outer = tracer.spanBuilder("predict")
                .setAttribute("mlflow.spanType", "\"TOOL\"")
                .setAttribute("rows", 7L)
                .startSpan();
        outer.addEvent("warm");
        outer.setStatus(StatusCode.ERROR, "too late");
        outer.end();
    }

    private void found() {
        List<Trace> traces =
                mlflow
                        .traces()
                        .search(q -> q.addExperiment(experiment)
                                .filter(TraceFilter.spanName().eq("predict")))
                        .stream()
                        .toList();
        assertThat(traces).hasSize(1);
        assertThat(traces.get(0).state()).isEqualTo(TraceState.ERROR);
        Span span = mlflow.traces().get(traces.get(0).id()).spans().get(0);
        assertThat(span.name()).isEqualTo("predict");
        assertThat(span.type()).isEqualTo("TOOL");
        assertThat(span.attributes()).containsEntry("rows", 7);
        assertThat(span.statusMessage()).isEqualTo("too late");
        assertThat(span.events()).hasSize(1);
    }

    @Test
    void settings_carryTheEndpointsOwnHeaders() {
        MlflowClient known = place.client()
                .endpoint(e -> e.putHeader("X-Team", "care"))
                .build()
                .withOptions(o -> o.header("X-Trace", "1"));

        assertThat(known.traces().otlp(experiment).headers())
                .containsOnly(
                        Map.entry("X-Team", "care"),
                        Map.entry("X-Trace", "1"),
                        Map.entry("x-mlflow-experiment-id", experiment.id()));
    }

    @Test
    void settings_carryTheClientsCredentials_andShowNone() {
        MlflowClient known =
                place.client().endpoint(e -> e.basic("ada", "pass w,rd=")).build();

        OtlpSettings otlp = known.traces().otlp(experiment);

        assertThat(otlp.endpoint())
                .hasToString(known.trackingUri().resolve("/v1/traces").toString());
        assertThat(otlp.headers())
                .containsEntry("x-mlflow-experiment-id", experiment.id())
                .containsEntry("Authorization", "Basic YWRhOnBhc3Mgdyxy" + "ZD0=");
        assertThat(otlp.properties().get("otel.exporter.otlp.traces.headers"))
                .isEqualTo("x-mlflow-experiment-id=" + experiment.id() + ",Authorization=Basic%20YWRhOnBhc3Mgdyxy"
                        + "ZD0%3D");
        assertThat(otlp).asString().doesNotContain("Basic").doesNotContain("YWRh");
    }
}
