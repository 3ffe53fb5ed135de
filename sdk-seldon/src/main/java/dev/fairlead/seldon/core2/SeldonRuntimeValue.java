package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SeldonRuntimeValue implements SeldonRuntime, Problems.Checked {
    @Override
    @Value.Default
    public boolean disableAutoUpdate() {
        return false;
    }

    @Override
    public SeldonRuntime.Builder toBuilder() {
        return ImmutableSeldonRuntime.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        InstallationRules.check(this, at);
    }

    @Override
    public String toString() {
        return Core2Rules.title(this) + " " + seldonConfig() + "]";
    }

    abstract static class Builder extends ValueBuilder<SeldonRuntimeValue> implements SeldonRuntime.Builder {}
}
