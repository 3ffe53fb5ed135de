package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class SensorTaskValue extends TaskValue implements SensorTask {
    @Override
    @Value.Default
    public boolean reschedules() {
        return false;
    }

    @Override
    @Value.Default
    public boolean softFail() {
        return false;
    }

    @Override
    @Value.Default
    public boolean exponentialBackoff() {
        return false;
    }

    @Override
    @Value.Default
    public boolean deferrable() {
        return false;
    }

    @Override
    public SensorTask.Builder toBuilder() {
        return ImmutableSensorTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.ofNullable(until()).flatMap(Until::values);
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        Optional<String> each = Optional.ofNullable(until()).flatMap(UntilRules::each);
        if (each.isEmpty()) {
            at.add(
                    "mapping",
                    "must not be set unless until says Until.EACH for a path, a time or an endpoint",
                    mapping);
        } else {
            Mappings.check(at, this, mapping, List.of(each.get()), Set.of());
        }
    }

    @Override
    void checkKind(Problems at) {
        if (at.requireSet("until", until())) {
            at.part("until", until());
            UntilRules.each(until())
                    .ifPresent(field -> at.require(
                            maps(field),
                            "until",
                            "must not be Until.EACH unless the task is mapped over " + field,
                            field));
            at.require(
                    !deferrable() || until().canDefer(),
                    "deferrable",
                    "must not be set: the triggerer cannot wait for this; say reschedules(true)",
                    until().getClass().getSimpleName());
        }
        at.require(
                !deferrable() || !reschedules(), "reschedules", "must not be set for what is deferred", reschedules());
        TaskRules.positive(at, "pokeInterval", pokeInterval());
        TaskRules.positive(at, "timeout", timeout());
        TaskRules.positive(at, "maxWait", maxWait());
        at.require(
                maxWait().isEmpty() || exponentialBackoff(),
                "maxWait",
                "must not be set unless the pauses grow: say exponentialBackoff(true)",
                maxWait().orElse(null));
    }

    abstract static class Builder extends ValueBuilder<SensorTaskValue> implements SensorTask.Builder {}
}
