package dev.fairlead.seldon;

import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class OperatorSettingsValue implements OperatorSettings {
    @Override
    @Value.Default
    public boolean istio() {
        return false;
    }

    @Override
    @Value.Default
    public Ambassador ambassador() {
        return Ambassador.OFF;
    }

    @Override
    @Value.Default
    public boolean keda() {
        return false;
    }

    @Override
    @Value.Default
    public boolean deploymentNameAsPrefix() {
        return false;
    }

    @Override
    @Value.Default
    public int httpPort() {
        return 8000;
    }

    @Override
    @Value.Default
    public int grpcPort() {
        return 5001;
    }

    @Override
    public OperatorSettings.Builder toBuilder() {
        return ImmutableOperatorSettings.builder().from(this);
    }

    abstract static class Builder extends ValueBuilder<OperatorSettingsValue> implements OperatorSettings.Builder {}
}
