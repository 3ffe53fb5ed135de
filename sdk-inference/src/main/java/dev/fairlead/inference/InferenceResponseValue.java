package dev.fairlead.inference;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class InferenceResponseValue implements InferenceResponse, Problems.Checked {
    @Override
    public InferenceResponse.Builder toBuilder() {
        return ImmutableInferenceResponse.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireSet("modelName", modelName());
    }

    abstract static class Builder extends ValueBuilder<InferenceResponseValue> implements InferenceResponse.Builder {}
}
