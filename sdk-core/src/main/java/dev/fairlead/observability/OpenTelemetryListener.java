package dev.fairlead.observability;

import dev.fairlead.CallListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells OpenTelemetry of calls. */
final class OpenTelemetryListener implements CallListener {
    private static final String SCOPE = "dev.fairlead";
    /** The boundaries that the conventions advise, in seconds. */
    private static final List<Double> BUCKETS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private final Tracer tracer;
    private final DoubleHistogram durations;
    private final LongCounter circuits;

    private OpenTelemetryListener(OpenTelemetry telemetry) {
        Meter meter = telemetry.getMeter(SCOPE);
        this.tracer = telemetry.getTracer(SCOPE);
        this.durations = meter.histogramBuilder(Names.DURATION)
                .setUnit("s")
                .setDescription("Duration of the attempts of remote calls")
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
        this.circuits = meter.counterBuilder(Names.CIRCUIT)
                .setUnit("{change}")
                .setDescription("Changes of state of circuit breakers")
                .build();
    }

    static CallListener of(Object given) {
        if (given instanceof OpenTelemetry telemetry) {
            return new OpenTelemetryListener(telemetry);
        }
        throw Names.wrong("io.opentelemetry.api.OpenTelemetry", given);
    }

    @Override
    public Optional<String> traceparent() {
        SpanContext current = Span.current().getSpanContext();
        return current.isValid()
                ? Optional.of("00-" + current.getTraceId() + "-" + current.getSpanId() + "-"
                        + current.getTraceFlags().asHex())
                : Optional.empty();
    }

    @Override
    public void onAttempt(Attempt attempt) {
        Attributes attributes = attributes(attempt);
        durations.record(attempt.duration().toNanos() / 1e9, attributes);
        Instant end = Instant.now();
        Span span = tracer.spanBuilder(attempt.method() + " " + attempt.operation())
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(end.minus(attempt.duration()))
                .setAllAttributes(attributes)
                .setAttribute(Names.URL, attempt.uri().toString())
                .startSpan();
        if (attempt.number() > 1) {
            span.setAttribute(Names.RESENT, attempt.number() - 1L);
        }
        attempt.problem().ifPresent(problem -> span.setStatus(StatusCode.ERROR, problem));
        span.end(end);
    }

    private static Attributes attributes(Attempt attempt) {
        AttributesBuilder attributes = Attributes.builder()
                .put(Names.METHOD, attempt.method())
                .put(Names.ADDRESS, String.valueOf(attempt.uri().getHost()))
                .put(Names.PORT, Names.port(attempt.uri()))
                .put(Names.SYSTEM, attempt.system())
                .put(Names.OPERATION, attempt.operation());
        if (attempt.status() != 0) {
            attributes.put(Names.STATUS, attempt.status());
        }
        Names.error(attempt).ifPresent(error -> attributes.put(AttributeKey.stringKey(Names.ERROR), error));
        return attributes.build();
    }

    @Override
    public void onCircuitChange(String system, String host, String from, String to) {
        circuits.add(
                1,
                Attributes.builder()
                        .put(Names.SYSTEM, system)
                        .put(Names.HOST, host)
                        .put(Names.FROM, from)
                        .put(Names.TO, to)
                        .build());
    }
}
