package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.Rules;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class RegisteredModelSpecValue implements RegisteredModelSpec, Problems.Checked {
    @Override
    @Value.Default
    public String description() {
        return "";
    }

    @Override
    public RegisteredModelSpec.Builder toBuilder() {
        return ImmutableRegisteredModelSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        Rules.tags(at, "tags", tags(), Rules.MAX_MODEL_TAG);
    }

    abstract static class Builder extends ValueBuilder<RegisteredModelSpecValue>
            implements RegisteredModelSpec.Builder {}
}
