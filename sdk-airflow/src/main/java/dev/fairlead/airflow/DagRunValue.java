package dev.fairlead.airflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class DagRunValue implements DagRun, Problems.Checked {
    @Override
    @Value.Default
    public DagRunState state() {
        return DagRunState.QUEUED;
    }

    @Override
    @Value.Default
    public String type() {
        return "manual";
    }

    @Override
    public DagRun.Builder toBuilder() {
        return ImmutableDagRun.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("dagId", dagId());
        at.requireText("id", id());
    }

    @Override
    public String toString() {
        return dagId() + "/" + id() + " " + state();
    }

    abstract static class Builder extends ValueBuilder<DagRunValue> implements DagRun.Builder {}
}
