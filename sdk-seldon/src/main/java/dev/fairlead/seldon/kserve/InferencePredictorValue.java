package dev.fairlead.seldon.kserve;

import dev.fairlead.ModelSource;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.internal.kube.ModelLabels;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.net.URI;
import java.util.function.Consumer;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class InferencePredictorValue implements InferencePredictor, Problems.Checked {
    @Override
    public InferencePredictor.Builder toBuilder() {
        ImmutableInferencePredictor.Builder builder = ImmutableInferencePredictor.builder();
        ((Builder) builder).continueFrom(this);
        return builder.from(this);
    }

    @Override
    public void check(Problems at) {
        ComponentRules.check(this, at);
        ComponentRules.checkPredictor(this, at);
    }

    /** Shows in a few words what answers. */
    @Override
    public String toString() {
        return model().map(PredictorModel::toString).orElse("containers");
    }

    /** Describes the model and the pod piece by piece; each call writes them anew. */
    abstract static class Builder extends ValueBuilder<InferencePredictorValue> implements InferencePredictor.Builder {
        private final PodPart pod = new PodPart();
        private PredictorModel.Builder model = PredictorModel.builder();

        private void continueFrom(InferencePredictor other) {
            pod.continueFrom(other);
            other.model().ifPresent(m -> model = m.toBuilder());
        }

        @Override
        public InferencePredictor.Builder pod(Consumer<PodTemplate.Builder> changes) {
            return pod(pod.change(changes));
        }

        private InferencePredictor.Builder writeModel() {
            return model(ValueBuilder.<PredictorModel>partOf(model));
        }

        @Override
        public InferencePredictor.Builder format(ModelFormat format) {
            model.format(format);
            return writeModel();
        }

        @Override
        public InferencePredictor.Builder protocol(ServingProtocol protocol) {
            model.protocol(protocol);
            return writeModel();
        }

        @Override
        public InferencePredictor.Builder runtime(String name) {
            model.runtime(name);
            return writeModel();
        }

        @Override
        public InferencePredictor.Builder storageUri(URI storageUri) {
            model.storageUri(storageUri);
            return writeModel();
        }

        @Override
        public InferencePredictor.Builder model(ModelSource source) {
            ModelLabels.put(source, this::putLabel, this::putAnnotation);
            return storageUri(source.storageUri());
        }
    }
}
