package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ServerConfigValue implements ServerConfig, Problems.Checked {
    @Override
    public ServerConfig.Builder toBuilder() {
        return ImmutableServerConfig.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        ServerRules.check(this, at);
    }

    @Override
    public String toString() {
        return Core2Rules.title(this) + " " + pod() + "]";
    }

    abstract static class Builder extends ValueBuilder<ServerConfigValue> implements ServerConfig.Builder {}
}
