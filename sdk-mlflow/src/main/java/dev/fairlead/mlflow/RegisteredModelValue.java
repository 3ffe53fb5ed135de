package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class RegisteredModelValue implements RegisteredModel, Problems.Checked {
    @Override
    @Value.Default
    public String description() {
        return "";
    }

    @Override
    public RegisteredModel.Builder toBuilder() {
        return ImmutableRegisteredModel.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
    }

    abstract static class Builder extends ValueBuilder<RegisteredModelValue> implements RegisteredModel.Builder {}
}
