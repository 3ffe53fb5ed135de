package dev.fairlead.seldon.kserve;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.function.Consumer;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class InferenceTransformerValue implements InferenceTransformer, Problems.Checked {
    @Override
    public InferenceTransformer.Builder toBuilder() {
        ImmutableInferenceTransformer.Builder builder = ImmutableInferenceTransformer.builder();
        ((Builder) builder).pod.continueFrom(this);
        return builder.from(this);
    }

    @Override
    public void check(Problems at) {
        ComponentRules.check(this, at);
        ComponentRules.checkTransformer(this, at);
    }

    abstract static class Builder extends ValueBuilder<InferenceTransformerValue>
            implements InferenceTransformer.Builder {
        private final PodPart pod = new PodPart();

        @Override
        public InferenceTransformer.Builder pod(Consumer<PodTemplate.Builder> changes) {
            return pod(pod.change(changes));
        }
    }
}
