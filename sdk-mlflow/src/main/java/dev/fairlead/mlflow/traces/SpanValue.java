package dev.fairlead.mlflow.traces;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.Instant;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SpanValue implements Span, Problems.Checked {
    @Override
    @Value.Default
    public String name() {
        return "";
    }

    @Override
    @Value.Default
    public Instant start() {
        return Instant.EPOCH;
    }

    @Override
    @Value.Default
    public TraceState state() {
        return TraceState.UNSPECIFIED;
    }

    @Override
    @Value.Default
    public String statusMessage() {
        return "";
    }

    @Override
    public Span.Builder toBuilder() {
        return ImmutableSpan.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
    }

    abstract static class Builder extends ValueBuilder<SpanValue> implements Span.Builder {}
}
