package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class InstallationSettingsValue implements InstallationSettings, Problems.Checked {
    @Override
    @Value.Default
    public boolean tracingDisabled() {
        return false;
    }

    @Override
    public InstallationSettings.Builder toBuilder() {
        return ImmutableInstallationSettings.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        InstallationRules.check(this, at);
    }

    /** Shows where Kafka is; the settings may hold secrets. */
    @Override
    public String toString() {
        return "InstallationSettings[" + kafkaBootstrapServers().orElse("no Kafka") + "]";
    }

    abstract static class Builder extends ValueBuilder<InstallationSettingsValue>
            implements InstallationSettings.Builder {}
}
