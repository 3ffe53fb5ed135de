package dev.fairlead;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ModelSourceValue implements ModelSource, Problems.Checked {
    @Override
    public ModelSource.Builder toBuilder() {
        return ImmutableModelSource.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireSet("storageUri", storageUri())) {
            at.require(storageUri().isAbsolute(), "storageUri", "must name its scheme", storageUri());
        }
    }

    abstract static class Builder extends ValueBuilder<ModelSourceValue> implements ModelSource.Builder {}
}
