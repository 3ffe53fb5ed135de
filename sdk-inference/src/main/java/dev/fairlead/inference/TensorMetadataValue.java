package dev.fairlead.inference;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class TensorMetadataValue implements TensorMetadata, Problems.Checked {
    @Override
    public TensorMetadata.Builder toBuilder() {
        return ImmutableTensorMetadata.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
        at.requireText("datatype", datatype());
    }

    abstract static class Builder extends ValueBuilder<TensorMetadataValue> implements TensorMetadata.Builder {}
}
