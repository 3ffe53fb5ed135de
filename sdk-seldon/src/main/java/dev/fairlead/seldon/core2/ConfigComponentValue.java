package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ConfigComponentValue implements ConfigComponent, Problems.Checked {
    @Override
    public ConfigComponent.Builder toBuilder() {
        return ImmutableConfigComponent.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        InstallationRules.check(this, at);
    }

    @Override
    public String toString() {
        return "ConfigComponent[" + name() + "]";
    }

    abstract static class Builder extends ValueBuilder<ConfigComponentValue> implements ConfigComponent.Builder {}
}
