package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.Rules;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ExperimentSpecValue implements ExperimentSpec, Problems.Checked {
    @Override
    @Value.Default
    public boolean restoreIfDeleted() {
        return false;
    }

    @Override
    public ExperimentSpec.Builder toBuilder() {
        return ImmutableExperimentSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireText("name", name())) {
            at.require(name().length() <= 256, "name", "must have at most 256 characters", name());
        }
        artifactLocation()
                .ifPresent(uri -> at.require(
                        uri.toString().length() <= 2048,
                        "artifactLocation",
                        "must have at most 2,048 characters",
                        uri));
        Rules.tags(at, "tags", tags(), Rules.MAX_EXPERIMENT_TAG);
    }

    abstract static class Builder extends ValueBuilder<ExperimentSpecValue> implements ExperimentSpec.Builder {}
}
