package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class TaskGroupValue implements TaskGroup, Problems.Checked {
    @Override
    @Value.Default
    public boolean prefixesIds() {
        return true;
    }

    @Override
    public TaskGroup.Builder toBuilder() {
        return ImmutableTaskGroup.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        TaskRules.checkGroup(this, at);
    }

    @Override
    public String toString() {
        return "TaskGroup[" + id() + ": " + tasks().size() + " tasks, " + groups().size() + " groups]";
    }

    abstract static class Builder extends ValueBuilder<TaskGroupValue> implements TaskGroup.Builder {}
}
