package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ExperimentValue implements Experiment, Problems.Checked {
    @Override
    @Value.Default
    public LifecycleStage lifecycleStage() {
        return LifecycleStage.ACTIVE;
    }

    @Override
    public Experiment.Builder toBuilder() {
        return ImmutableExperiment.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
        at.requireText("name", name());
    }

    abstract static class Builder extends ValueBuilder<ExperimentValue> implements Experiment.Builder {}
}
