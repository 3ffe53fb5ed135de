package dev.fairlead.airflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class BackfillSpecValue implements BackfillSpec, Problems.Checked {
    private static final int USUAL = 10;

    @Override
    @Value.Default
    public boolean backwards() {
        return false;
    }

    @Override
    @Value.Default
    public Reprocess reprocess() {
        return Reprocess.NONE;
    }

    @Override
    @Value.Default
    public int maxActiveRuns() {
        return USUAL;
    }

    @Override
    public BackfillSpec.Builder toBuilder() {
        return ImmutableBackfillSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("dagId", dagId());
        if (at.requireSet("firstDate", firstDate()) && at.requireSet("lastDate", lastDate())) {
            at.require(
                    !lastDate().isBefore(firstDate()),
                    "lastDate",
                    "must not be before firstDate (" + firstDate() + ")",
                    lastDate());
        }
        at.require(maxActiveRuns() >= 1, "maxActiveRuns", "must be at least 1", maxActiveRuns());
    }

    abstract static class Builder extends ValueBuilder<BackfillSpecValue> implements BackfillSpec.Builder {}
}
