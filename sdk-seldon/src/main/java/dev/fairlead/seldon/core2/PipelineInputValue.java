package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class PipelineInputValue implements PipelineInput, Problems.Checked {
    @Override
    public PipelineInput.Builder toBuilder() {
        return ImmutablePipelineInput.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        StepRules.check(this, at);
    }

    abstract static class Builder extends ValueBuilder<PipelineInputValue> implements PipelineInput.Builder {}
}
