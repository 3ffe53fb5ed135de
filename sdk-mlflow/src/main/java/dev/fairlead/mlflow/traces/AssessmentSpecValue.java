package dev.fairlead.mlflow.traces;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class AssessmentSpecValue implements AssessmentSpec, Problems.Checked {
    private static final int MAX_NAME = 250;

    @Override
    @Value.Default
    public String rationale() {
        return "";
    }

    @Override
    public AssessmentSpec.Builder toBuilder() {
        return ImmutableAssessmentSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireText("name", name())) {
            at.require(name().length() <= MAX_NAME, "name", "must have at most " + MAX_NAME + " characters", name());
        }
        if (at.requireSet("content", content())) {
            at.require(
                    !(content() instanceof AssessmentContent.Unknown),
                    "content",
                    "must be a feedback or an expectation",
                    content());
        }
        at.requireSet("source", source());
        at.require(
                !metadata().containsKey(KEY_METADATA),
                "metadata",
                "must not set " + KEY_METADATA + ", which is kept for a key",
                KEY_METADATA);
    }

    abstract static class Builder extends ValueBuilder<AssessmentSpecValue> implements AssessmentSpec.Builder {}
}
