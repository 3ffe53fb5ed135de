package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class PipelineOutputValue implements PipelineOutput, Problems.Checked {
    @Override
    public PipelineOutput.Builder toBuilder() {
        return ImmutablePipelineOutput.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        StepRules.check(this, at);
    }

    abstract static class Builder extends ValueBuilder<PipelineOutputValue> implements PipelineOutput.Builder {}
}
