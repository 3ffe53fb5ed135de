package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class ShortCircuitTaskValue extends TaskValue implements ShortCircuitTask {
    @Override
    @Value.Default
    public boolean keepsTriggerRules() {
        return false;
    }

    @Override
    public ShortCircuitTask.Builder toBuilder() {
        return ImmutableShortCircuitTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.concat(condition().stream(), arguments().values().stream());
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        at.add("mapping", Mappings.NO_CHOICES, mapping);
    }

    @Override
    void checkKind(Problems at) {
        PythonRules.checkEither(at, code(), arguments(), "condition", condition());
    }

    abstract static class Builder extends ValueBuilder<ShortCircuitTaskValue> implements ShortCircuitTask.Builder {}
}
