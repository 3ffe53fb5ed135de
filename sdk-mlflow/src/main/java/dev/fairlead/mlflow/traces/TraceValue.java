package dev.fairlead.mlflow.traces;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.Instant;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class TraceValue implements Trace, Problems.Checked {
    @Override
    @Value.Default
    public String experimentId() {
        return "";
    }

    @Override
    @Value.Default
    public TraceState state() {
        return TraceState.UNSPECIFIED;
    }

    @Override
    @Value.Default
    public Instant startTime() {
        return Instant.EPOCH;
    }

    @Override
    @Value.Default
    public String requestPreview() {
        return "";
    }

    @Override
    @Value.Default
    public String responsePreview() {
        return "";
    }

    @Override
    public Trace.Builder toBuilder() {
        return ImmutableTrace.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
    }

    abstract static class Builder extends ValueBuilder<TraceValue> implements Trace.Builder {}
}
