package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.observability.CallListeners;
import dev.fairlead.support.Proves;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Micrometer and OpenTelemetry are told of the calls that a client makes. */
abstract class ObserversContract extends MlflowContract {
    @Test
    @Proves("mlflow.observers")
    void work_withAMeterRegistry_hasATimerPerOperation() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        MlflowClient client = place.client()
                .platform(p -> p.addCallListener(CallListeners.micrometer(registry)))
                .build();
        place.faults().failNext("runs/log-batch", 503, 1);

        try (ActiveRun run = client.runs().start(experiment)) {
            run.logMetric("loss", 0.5);
            run.finish();
        }

        assertThat(registry.find("http.client.request.duration").timers().stream()
                        .map(t -> t.getId().getTag("fairlead.operation") + " "
                                + t.getId().getTag("http.response.status_code") + " " + t.count())
                        .collect(Collectors.toSet()))
                .contains("runs/create 200 1", "runs/log-batch 503 1", "runs/log-batch 200 1", "runs/update 200 1");
        assertThat(registry.find("http.client.request.duration").timers())
                .extracting(Timer::getId)
                .allSatisfy(id -> assertThat(id.getTag("fairlead.system")).isEqualTo("mlflow"));
    }

    @Test
    @Proves("mlflow.observers")
    void work_withOpenTelemetry_isSpansOfTheCallersTraceThatTheServerIsTold() {
        InMemorySpanExporter spans = InMemorySpanExporter.create();
        try (OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build()) {
            MlflowClient client = place.client()
                    .platform(p -> p.addCallListener(CallListeners.openTelemetry(telemetry)))
                    .build();
            Span outer = telemetry.getTracer("test").spanBuilder("train").startSpan();
            try (Scope unused = outer.makeCurrent()) {
                client.experiments().get(experiment.id());
            }
            outer.end();

            List<SpanData> made = spans.getFinishedSpanItems();
            assertThat(made).extracting(SpanData::getName).containsExactly("GET experiments/get", "train");
            assertThat(made.get(0).getParentSpanId()).isEqualTo(made.get(1).getSpanId());
            assertThat(place.requests("experiments/get"))
                    .singleElement()
                    .satisfies(r -> assertThat(r.header("traceparent").orElse(""))
                            .isEqualTo("00-" + made.get(1).getTraceId() + "-"
                                    + made.get(1).getSpanId() + "-"
                                    + outer.getSpanContext().getTraceFlags().asHex()));
        }
    }
}
