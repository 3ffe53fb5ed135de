package dev.fairlead.seldon.kserve;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class InferenceServiceStatusValue implements InferenceServiceStatus, Problems.Checked {
    @Override
    @Value.Default
    public TransitionStatus transition() {
        return TransitionStatus.IN_PROGRESS;
    }

    @Override
    @Value.Default
    public String activeModelState() {
        return "";
    }

    @Override
    @Value.Default
    public String targetModelState() {
        return "";
    }

    @Override
    public InferenceServiceStatus.Builder toBuilder() {
        return ImmutableInferenceServiceStatus.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
        at.requireText("namespace", namespace());
    }

    abstract static class Builder extends ValueBuilder<InferenceServiceStatusValue>
            implements InferenceServiceStatus.Builder {}
}
