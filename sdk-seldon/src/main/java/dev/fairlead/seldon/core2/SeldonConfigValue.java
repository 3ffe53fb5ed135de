package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SeldonConfigValue implements SeldonConfig, Problems.Checked {
    @Override
    public SeldonConfig.Builder toBuilder() {
        return ImmutableSeldonConfig.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        InstallationRules.check(this, at);
    }

    @Override
    public String toString() {
        return Core2Rules.title(this) + " "
                + components().stream().map(ConfigComponent::name).toList() + "]";
    }

    abstract static class Builder extends ValueBuilder<SeldonConfigValue> implements SeldonConfig.Builder {}
}
