package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract class MetricOptionsValue implements MetricOptions, Problems.Checked {
    private static final int LARGEST_BATCH = 1000;

    @Override
    @Value.Default
    public int bufferSize() {
        return 100_000;
    }

    @Override
    @Value.Default
    public int flushSize() {
        return LARGEST_BATCH;
    }

    @Override
    @Value.Default
    public Duration flushInterval() {
        return Duration.ofSeconds(1);
    }

    @Override
    @Value.Default
    public WhenFull whenFull() {
        return WhenFull.BLOCK;
    }

    @Override
    @Value.Default
    public Duration giveUpAfter() {
        return Duration.ofMinutes(5);
    }

    @Override
    @Value.Default
    public Duration closeDeadline() {
        return Duration.ofSeconds(60);
    }

    @Override
    @Value.Default
    public boolean syncSpool() {
        return false;
    }

    @Override
    public MetricOptions.Builder toBuilder() {
        return ImmutableMetricOptions.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(
                flushSize() >= 1 && flushSize() <= LARGEST_BATCH, "flushSize", "must be from 1 to 1,000", flushSize());
        at.require(
                bufferSize() >= 2L * flushSize(), "bufferSize", "must be at least twice the flushSize", bufferSize());
        positive(at, "flushInterval", flushInterval());
        positive(at, "giveUpAfter", giveUpAfter());
        positive(at, "closeDeadline", closeDeadline());
        at.requireSet("whenFull", whenFull());
        at.require(!syncSpool() || spool().isPresent(), "syncSpool", "must not be set without a spool", syncSpool());
    }

    private static void positive(Problems at, String field, @Nullable Duration duration) {
        if (duration == null || duration.isNegative() || duration.isZero()) {
            at.add(field, "must be longer than nothing", duration);
        }
    }

    abstract static class Builder extends ValueBuilder<MetricOptionsValue> implements MetricOptions.Builder {}
}
