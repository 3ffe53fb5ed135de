package dev.fairlead.airflow.admin;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class VariableSpecValue implements VariableSpec, Problems.Checked {
    private static final int MAX_KEY = 250;

    @Override
    @Value.Redacted
    public abstract String value();

    @Override
    public VariableSpec.Builder toBuilder() {
        return ImmutableVariableSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireText("key", key())) {
            at.require(key().length() <= MAX_KEY, "key", "must be at most " + MAX_KEY + " characters", key());
        }
        at.requireSet("value", value());
    }

    abstract static class Builder extends ValueBuilder<VariableSpecValue> implements VariableSpec.Builder {}
}
