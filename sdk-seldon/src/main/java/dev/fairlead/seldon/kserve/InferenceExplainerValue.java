package dev.fairlead.seldon.kserve;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.function.Consumer;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class InferenceExplainerValue implements InferenceExplainer, Problems.Checked {
    @Override
    public InferenceExplainer.Builder toBuilder() {
        ImmutableInferenceExplainer.Builder builder = ImmutableInferenceExplainer.builder();
        ((Builder) builder).pod.continueFrom(this);
        return builder.from(this);
    }

    @Override
    public void check(Problems at) {
        ComponentRules.check(this, at);
        ComponentRules.checkExplainer(this, at);
    }

    abstract static class Builder extends ValueBuilder<InferenceExplainerValue> implements InferenceExplainer.Builder {
        private final PodPart pod = new PodPart();

        @Override
        public InferenceExplainer.Builder pod(Consumer<PodTemplate.Builder> changes) {
            return pod(pod.change(changes));
        }
    }
}
