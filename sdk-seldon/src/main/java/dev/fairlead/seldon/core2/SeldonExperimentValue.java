package dev.fairlead.seldon.core2;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.stream.Collectors;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SeldonExperimentValue implements SeldonExperiment, Problems.Checked {
    @Override
    public SeldonExperiment.Builder toBuilder() {
        return ImmutableSeldonExperiment.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        ExperimentRules.check(this, at);
    }

    @Override
    public String toString() {
        return Core2Rules.title(this)
                + candidates().stream()
                        .map(c -> " " + c.name() + ":" + c.weight())
                        .collect(Collectors.joining())
                + mirror().map(m -> " mirror " + m.name() + ":" + m.percent() + "%")
                        .orElse("") + "]";
    }

    abstract static class Builder extends ValueBuilder<SeldonExperimentValue> implements SeldonExperiment.Builder {}
}
