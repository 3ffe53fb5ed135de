package dev.fairlead.mlflow.traces;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class AssessmentChangeValue implements AssessmentChange, Problems.Checked {
    @Override
    public AssessmentChange.Builder toBuilder() {
        return ImmutableAssessmentChange.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        name().ifPresent(n -> at.requireText("name", n));
        at.require(
                name().isPresent()
                        || content().isPresent()
                        || rationale().isPresent()
                        || !metadata().isEmpty(),
                "change",
                "must change something",
                "nothing");
    }

    abstract static class Builder extends ValueBuilder<AssessmentChangeValue> implements AssessmentChange.Builder {}
}
