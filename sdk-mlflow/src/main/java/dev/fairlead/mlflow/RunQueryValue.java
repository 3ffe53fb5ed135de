package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class RunQueryValue implements RunQuery, Problems.Checked {
    @Override
    @Value.Default
    public Filter filter() {
        return Filter.ALL;
    }

    @Override
    @Value.Default
    public boolean includeDeleted() {
        return false;
    }

    @Override
    @Value.Default
    public int pageSize() {
        return 1000;
    }

    @Override
    public RunQuery.Builder toBuilder() {
        return ImmutableRunQuery.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(!experimentIds().isEmpty(), "experimentIds", "must name at least one experiment", experimentIds());
        at.require(pageSize() >= 1 && pageSize() <= 50_000, "pageSize", "must be from 1 to 50,000", pageSize());
    }

    abstract static class Builder extends ValueBuilder<RunQueryValue> implements RunQuery.Builder {}
}
