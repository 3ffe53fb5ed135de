package dev.fairlead.mlflow.traces;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class AssessmentValue implements Assessment, Problems.Checked {
    @Override
    @Value.Default
    public String rationale() {
        return "";
    }

    @Override
    @Value.Default
    public boolean valid() {
        return true;
    }

    @Override
    public Assessment.Builder toBuilder() {
        return ImmutableAssessment.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
        at.requireText("traceId", traceId());
        at.requireText("name", name());
        at.requireSet("content", content());
        at.requireSet("source", source());
    }

    abstract static class Builder extends ValueBuilder<AssessmentValue> implements Assessment.Builder {}
}
