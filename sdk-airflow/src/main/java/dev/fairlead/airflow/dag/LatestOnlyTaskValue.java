package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class LatestOnlyTaskValue extends TaskValue implements LatestOnlyTask {
    @Override
    public LatestOnlyTask.Builder toBuilder() {
        return ImmutableLatestOnlyTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.of();
    }

    @Override
    void checkKind(Problems at) {}

    abstract static class Builder extends ValueBuilder<LatestOnlyTaskValue> implements LatestOnlyTask.Builder {}
}
