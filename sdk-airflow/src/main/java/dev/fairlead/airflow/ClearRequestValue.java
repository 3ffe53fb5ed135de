package dev.fairlead.airflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ClearRequestValue implements ClearRequest, Problems.Checked {
    @Override
    @Value.Default
    public boolean upstream() {
        return false;
    }

    @Override
    @Value.Default
    public boolean downstream() {
        return false;
    }

    @Override
    @Value.Default
    public boolean onlyFailed() {
        return false;
    }

    @Override
    public ClearRequest.Builder toBuilder() {
        return ImmutableClearRequest.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        taskIds().forEach(id -> at.requireText("taskIds", id));
        mapped().forEach((task, indexes) -> {
            at.require(!indexes.isEmpty(), "mapped." + task, "must name at least one instance", indexes);
            at.require(
                    indexes.stream().allMatch(i -> i >= 0),
                    "mapped." + task,
                    "must hold numbers counted from 0",
                    indexes);
        });
        at.require(
                !(upstream() || downstream()) || !taskIds().isEmpty() || !mapped().isEmpty(),
                "taskIds",
                "must name the tasks whose upstream or downstream is meant",
                taskIds());
    }

    abstract static class Builder extends ValueBuilder<ClearRequestValue> implements ClearRequest.Builder {}
}
