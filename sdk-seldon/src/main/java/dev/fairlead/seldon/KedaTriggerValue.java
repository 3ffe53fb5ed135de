package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class KedaTriggerValue implements KedaTrigger, Problems.Checked {
    private static final Set<String> METRIC_TYPES = Set.of("AverageValue", "Value", "Utilization");

    @Override
    public KedaTrigger.Builder toBuilder() {
        return ImmutableKedaTrigger.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("type", type());
        at.require(!metadata().isEmpty(), "metadata", "must be set", "nothing");
        metricType()
                .ifPresent(type -> at.require(
                        METRIC_TYPES.contains(type), "metricType", "must be AverageValue, Value or Utilization", type));
    }

    /** Shows the kind; settings may hold credentials. */
    @Override
    public String toString() {
        return "KedaTrigger[" + type() + name().map(n -> " " + n).orElse("") + "]";
    }

    abstract static class Builder extends ValueBuilder<KedaTriggerValue> implements KedaTrigger.Builder {}
}
