package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SeldonServerValue implements SeldonServer, Problems.Checked {
    @Override
    @Value.Default
    public boolean disableAutoUpdate() {
        return false;
    }

    @Override
    public SeldonServer.Builder toBuilder() {
        return ImmutableSeldonServer.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        ServerRules.check(this, at);
    }

    @Override
    public String toString() {
        return Core2Rules.title(this) + " " + serverConfig() + "]";
    }

    abstract static class Builder extends ValueBuilder<SeldonServerValue> implements SeldonServer.Builder {}
}
