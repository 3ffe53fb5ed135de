package dev.fairlead.mlflow.traces;

import dev.fairlead.mlflow.Filter;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class TraceQueryValue implements TraceQuery, Problems.Checked {
    private static final int MOST = 500;

    @Override
    @Value.Default
    public Filter filter() {
        return Filter.ALL;
    }

    @Override
    @Value.Default
    public boolean oldestFirst() {
        return false;
    }

    @Override
    @Value.Default
    public int pageSize() {
        return 100;
    }

    @Override
    public TraceQuery.Builder toBuilder() {
        return ImmutableTraceQuery.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(!experimentIds().isEmpty(), "experimentIds", "must name at least one experiment", "none");
        at.requireSet("filter", filter());
        at.require(pageSize() >= 1 && pageSize() <= MOST, "pageSize", "must be 1 to " + MOST, pageSize());
    }

    abstract static class Builder extends ValueBuilder<TraceQueryValue> implements TraceQuery.Builder {}
}
