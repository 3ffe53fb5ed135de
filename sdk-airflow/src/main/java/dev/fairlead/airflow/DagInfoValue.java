package dev.fairlead.airflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class DagInfoValue implements DagInfo, Problems.Checked {
    @Override
    @Value.Default
    public boolean paused() {
        return false;
    }

    @Override
    @Value.Default
    public boolean stale() {
        return false;
    }

    @Override
    @Value.Default
    public boolean importErrors() {
        return false;
    }

    @Override
    public DagInfo.Builder toBuilder() {
        return ImmutableDagInfo.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
    }

    @Override
    public String toString() {
        return id() + (paused() ? ", paused" : "") + (stale() ? ", stale" : "");
    }

    abstract static class Builder extends ValueBuilder<DagInfoValue> implements DagInfo.Builder {}
}
