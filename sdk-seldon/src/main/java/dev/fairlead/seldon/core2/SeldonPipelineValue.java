package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SeldonPipelineValue implements SeldonPipeline, Problems.Checked {
    @Override
    @Value.Default
    public boolean allowCycles() {
        return false;
    }

    @Override
    public SeldonPipeline.Builder toBuilder() {
        return ImmutableSeldonPipeline.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        PipelineRules.check(this, at);
    }

    @Override
    public String toString() {
        return Core2Rules.title(this) + " "
                + steps().stream().map(PipelineStep::name).toList() + "]";
    }

    abstract static class Builder extends ValueBuilder<SeldonPipelineValue> implements SeldonPipeline.Builder {}
}
