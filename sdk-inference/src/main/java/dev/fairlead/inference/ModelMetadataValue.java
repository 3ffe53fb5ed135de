package dev.fairlead.inference;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ModelMetadataValue implements ModelMetadata, Problems.Checked {
    @Override
    @Value.Default
    public String platform() {
        return "";
    }

    @Override
    public ModelMetadata.Builder toBuilder() {
        return ImmutableModelMetadata.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
    }

    abstract static class Builder extends ValueBuilder<ModelMetadataValue> implements ModelMetadata.Builder {}
}
