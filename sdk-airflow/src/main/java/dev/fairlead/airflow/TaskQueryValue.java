package dev.fairlead.airflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class TaskQueryValue implements TaskQuery, Problems.Checked {
    @Override
    public TaskQuery.Builder toBuilder() {
        return ImmutableTaskQuery.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        startedFrom()
                .ifPresent(from -> startedTo()
                        .ifPresent(to -> at.require(
                                !to.isBefore(from),
                                "startedTo",
                                "must not be earlier than startedFrom (" + from + ")",
                                to)));
    }

    abstract static class Builder extends ValueBuilder<TaskQueryValue> implements TaskQuery.Builder {}
}
