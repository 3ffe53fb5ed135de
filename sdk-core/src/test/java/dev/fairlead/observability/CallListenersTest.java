package dev.fairlead.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.fairlead.CallListener;
import dev.fairlead.MlPlatform;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceSpec;
import dev.fairlead.support.Proves;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallListenersTest {
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final List<String> traceparents = new CopyOnWriteArrayList<>();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(metrics).build())
            .build();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            traceparents.add(exchange.getRequestHeaders().getFirst("traceparent"));
            int status = statuses.isEmpty() ? 200 : statuses.remove();
            if (status > 0) {
                exchange.sendResponseHeaders(status, -1);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        telemetry.close();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private HttpCalls calls(CallListener listener) {
        MlPlatform platform = MlPlatform.builder()
                .withoutKubernetes()
                .endpoint("mlflow", e -> e.uri("http://127.0.0.1:" + port()))
                .retry(r -> new RetryPolicy(3, java.time.Duration.ofMillis(1), java.time.Duration.ofMillis(2), 100))
                .addCallListener(listener)
                .build();
        return PlatformSpi.of(platform)
                .http(new ServiceSpec(
                        "mlflow",
                        (details, headers, body) -> details.status() == 503
                                ? new UnavailableException(details, "")
                                : new ServiceException(details, "", false)));
    }

    private static void search(HttpCalls calls) {
        calls.call(CallSpec.get("runs/search", "/api/runs/search", Decoder.nothing())
                .query("token", "s3cret")
                .build());
    }

    private Timer timer(String status, String error) {
        return registry.get("http.client.request.duration")
                .tags(
                        "http.request.method",
                        "GET",
                        "server.address",
                        "127.0.0.1",
                        "server.port",
                        String.valueOf(port()),
                        "http.response.status_code",
                        status,
                        "error.type",
                        error,
                        "fairlead.system",
                        "mlflow",
                        "fairlead.operation",
                        "runs/search")
                .timer();
    }

    @Test
    @Proves("core.micrometer")
    void micrometer_eachAttempt_isTimedByOperationAndOutcome() {
        HttpCalls calls = calls(CallListeners.micrometer(registry));
        statuses.add(503);
        search(calls);
        search(calls);
        statuses.addAll(List.of(0, 0, 0));
        assertThatThrownBy(() -> search(calls)).isInstanceOf(TransportException.class);

        assertThat(timer("200", "none").count()).isEqualTo(2);
        assertThat(timer("200", "none").totalTime(java.util.concurrent.TimeUnit.NANOSECONDS))
                .isPositive();
        assertThat(timer("503", "503").count()).isEqualTo(1);
        assertThat(timer("none", "transport").count()).isEqualTo(3);
        assertThat(registry.getMeters().toString()).doesNotContain("s3cret").doesNotContain("/api/");
    }

    @Test
    @Proves("core.micrometer")
    void micrometer_circuitThatOpens_isCounted() {
        CallListener listener = CallListeners.micrometer(registry);
        listener.onCircuitChange("mlflow", "127.0.0.1:5000", "CLOSED", "OPEN");

        assertThat(registry.get("fairlead.circuit.changes")
                        .tags("fairlead.system", "mlflow", "fairlead.host", "127.0.0.1:5000")
                        .tags("fairlead.circuit.from", "CLOSED", "fairlead.circuit.to", "OPEN")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    @Proves("core.opentelemetry")
    void openTelemetry_eachAttempt_isAClientSpanBelowTheCurrentOne() {
        HttpCalls calls = calls(CallListeners.openTelemetry(telemetry));
        statuses.add(503);
        Span outer = telemetry.getTracer("test").spanBuilder("outer").startSpan();
        try (Scope unused = outer.makeCurrent()) {
            search(calls);
        }

        List<SpanData> made = spans.getFinishedSpanItems();
        assertThat(made).extracting(SpanData::getName).containsExactly("GET runs/search", "GET runs/search");
        assertThat(made).allSatisfy(span -> {
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(span.getParentSpanId()).isEqualTo(outer.getSpanContext().getSpanId());
            assertThat(span.getTraceId()).isEqualTo(outer.getSpanContext().getTraceId());
            assertThat(span.getStartEpochNanos()).isLessThanOrEqualTo(span.getEndEpochNanos());
            assertThat(span.getAttributes().get(AttributeKey.stringKey("url.full")))
                    .isEqualTo("http://127.0.0.1:" + port() + "/api/runs/search");
            assertThat(span.getAttributes().get(AttributeKey.longKey("server.port")))
                    .isEqualTo(port());
            assertThat(span.toString()).doesNotContain("s3cret");
        });
        SpanData first = made.get(0);
        assertThat(first.getStatus().getStatusCode())
                .isEqualTo(StatusData.error().getStatusCode());
        assertThat(first.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(503);
        assertThat(first.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("503");
        SpanData second = made.get(1);
        assertThat(second.getStatus()).isEqualTo(StatusData.unset());
        assertThat(second.getAttributes().get(AttributeKey.longKey("http.request.resend_count")))
                .isEqualTo(1);
        assertThat(traceparents)
                .hasSize(2)
                .containsOnly("00-" + outer.getSpanContext().getTraceId() + "-"
                        + outer.getSpanContext().getSpanId() + "-"
                        + outer.getSpanContext().getTraceFlags().asHex());
    }

    @Test
    @Proves("core.opentelemetry")
    void openTelemetry_durations_areAHistogramInSeconds() {
        HttpCalls calls = calls(CallListeners.openTelemetry(telemetry));
        search(calls);
        search(calls);

        MetricData histogram = metrics.collectAllMetrics().stream()
                .filter(m -> m.getName().equals("http.client.request.duration"))
                .findFirst()
                .orElseThrow();
        assertThat(histogram.getUnit()).isEqualTo("s");
        HistogramPointData point =
                histogram.getHistogramData().getPoints().iterator().next();
        assertThat(point.getCount()).isEqualTo(2);
        assertThat(point.getSum()).isBetween(0.0, 30.0);
        assertThat(point.getBoundaries()).startsWith(0.005, 0.01).endsWith(7.5, 10.0);
        assertThat(point.getAttributes().get(AttributeKey.stringKey("fairlead.operation")))
                .isEqualTo("runs/search");
        assertThat(traceparents).doesNotHaveDuplicates(); // outside of any span each call is a trace of its own
    }

    @Test
    void factories_ofSomethingElse_sayWhatTheyNeed() {
        assertThatThrownBy(() -> CallListeners.micrometer(telemetry))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("an object of io.micrometer.core.instrument.MeterRegistry is needed to tell it of calls, "
                        + "was io.opentelemetry.sdk.OpenTelemetrySdk");
        assertThatThrownBy(() -> CallListeners.openTelemetry(registry))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("io.opentelemetry.api.OpenTelemetry is needed");
    }

    @Test
    void listener_thatThrowsWhenAskedForATrace_isIgnored() {
        search(calls(new CallListener() {
            @Override
            public java.util.Optional<String> traceparent() {
                throw new IllegalStateException("broken");
            }
        }));
        assertThat(traceparents).singleElement().asString().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }
}
