package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.Rules;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SystemMetricsOptionsValue implements SystemMetricsOptions, Problems.Checked {
    @Override
    @Value.Default
    public Duration interval() {
        return Duration.ofSeconds(10);
    }

    @Override
    @Value.Default
    public boolean jvm() {
        return true;
    }

    @Override
    public SystemMetricsOptions.Builder toBuilder() {
        return ImmutableSystemMetricsOptions.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        Duration interval = interval();
        at.require(
                interval != null && !interval.isNegative() && !interval.isZero(),
                "interval",
                "must be longer than nothing",
                interval);
        nodeId().ifPresent(node -> Rules.key(at, "nodeId", node));
    }

    abstract static class Builder extends ValueBuilder<SystemMetricsOptionsValue>
            implements SystemMetricsOptions.Builder {}
}
