package dev.fairlead.airflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class AssetEventSpecValue implements AssetEventSpec, Problems.Checked {
    @Override
    public AssetEventSpec.Builder toBuilder() {
        return ImmutableAssetEventSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        partitionKey().ifPresent(key -> at.requireText("partitionKey", key));
    }

    abstract static class Builder extends ValueBuilder<AssetEventSpecValue> implements AssetEventSpec.Builder {}
}
