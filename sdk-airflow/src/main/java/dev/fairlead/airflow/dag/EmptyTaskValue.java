package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Optional;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class EmptyTaskValue implements EmptyTask, Problems.Checked {
    @Override
    @Value.Default
    public TriggerRule triggerRule() {
        return TriggerRule.ALL_SUCCESS;
    }

    @Override
    @Value.Auxiliary
    public abstract Optional<String> origin();

    @Override
    public EmptyTask.Builder toBuilder() {
        return ImmutableEmptyTask.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        TaskRules.check(this, at);
    }

    abstract static class Builder extends ValueBuilder<EmptyTaskValue> implements EmptyTask.Builder {}
}
