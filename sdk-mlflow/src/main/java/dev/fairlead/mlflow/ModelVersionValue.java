package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ModelVersionValue implements ModelVersion, Problems.Checked {
    @Override
    @Value.Default
    public ModelVersionStatus status() {
        return ModelVersionStatus.READY;
    }

    @Override
    @Value.Default
    public String statusMessage() {
        return "";
    }

    @Override
    @Value.Default
    public String description() {
        return "";
    }

    @Override
    public ModelVersion.Builder toBuilder() {
        return ImmutableModelVersion.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
        at.requireText("version", version());
    }

    abstract static class Builder extends ValueBuilder<ModelVersionValue> implements ModelVersion.Builder {}
}
