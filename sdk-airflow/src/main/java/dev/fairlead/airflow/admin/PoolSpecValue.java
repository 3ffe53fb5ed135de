package dev.fairlead.airflow.admin;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class PoolSpecValue implements PoolSpec, Problems.Checked {
    private static final int MAX_NAME = 256;

    @Override
    @Value.Default
    public int slots() {
        return Integer.MIN_VALUE;
    }

    @Override
    public PoolSpec.Builder toBuilder() {
        return ImmutablePoolSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireText("name", name())) {
            at.require(name().length() <= MAX_NAME, "name", "must be at most " + MAX_NAME + " characters", name());
        }
        if (at.require(slots() != Integer.MIN_VALUE, "slots", "must be set", null)) {
            at.require(slots() >= -1, "slots", "must be at least 0, or -1 for no limit", slots());
        }
        if (name().equals(Pool.DEFAULT)) {
            at.require(
                    description().isEmpty(),
                    "description",
                    "cannot be changed for " + Pool.DEFAULT,
                    description().orElse(""));
        }
    }

    abstract static class Builder extends ValueBuilder<PoolSpecValue> implements PoolSpec.Builder {}
}
