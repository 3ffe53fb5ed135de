package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.LoggedModelRules;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class LoggedModelQueryValue implements LoggedModelQuery, Problems.Checked {
    @Override
    @Value.Default
    public Filter filter() {
        return Filter.ALL;
    }

    @Override
    @Value.Default
    public int pageSize() {
        return 50;
    }

    @Override
    public LoggedModelQuery.Builder toBuilder() {
        return ImmutableLoggedModelQuery.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(!experimentIds().isEmpty(), "experimentIds", "must name at least one experiment", experimentIds());
        at.require(pageSize() >= 1 && pageSize() <= 1000, "pageSize", "must be from 1 to 1,000", pageSize());
        LoggedModelRules.filter(at, "filter", filter());
        orders().forEach(order -> LoggedModelRules.order(at, "orders", order));
        datasets().forEach(dataset -> {
            at.requireText("datasets.name", dataset.name());
            at.require(
                    dataset.digest() != null,
                    "datasets[" + dataset.name() + "].digest",
                    "must be set, for MLflow finds nothing without",
                    dataset.digest());
        });
    }

    abstract static class Builder extends ValueBuilder<LoggedModelQueryValue> implements LoggedModelQuery.Builder {}
}
