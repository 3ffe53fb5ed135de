package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.stream.Stream;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class EmptyTaskValue extends TaskValue implements EmptyTask {
    @Override
    public EmptyTask.Builder toBuilder() {
        return ImmutableEmptyTask.builder().from(this);
    }

    @Override
    Stream<Object> values() {
        return Stream.of();
    }

    @Override
    void checkKind(Problems at) {}

    abstract static class Builder extends ValueBuilder<EmptyTaskValue> implements EmptyTask.Builder {}
}
