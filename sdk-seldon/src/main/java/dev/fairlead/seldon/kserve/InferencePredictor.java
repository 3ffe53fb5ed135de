package dev.fairlead.seldon.kserve;

import dev.fairlead.ModelSource;
import dev.fairlead.seldon.ServingProtocol;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/** Is the component that answers: a model that a runtime serves, or containers of one's own. */
public interface InferencePredictor extends ServingComponent {
    /** Returns the model; empty where containers of one's own answer. */
    Optional<PredictorModel> model();

    /** Starts a predictor. */
    static Builder builder() {
        return ImmutableInferencePredictor.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default InferencePredictor with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a predictor. Not thread-safe. */
    interface Builder extends Settings<Builder> {
        /** Sets the model; use this or the short ways, not both. */
        Builder model(PredictorModel model);

        /** Sets the format of the model: a short way. */
        Builder format(ModelFormat format);

        /** Sets the protocol: a short way. */
        Builder protocol(ServingProtocol protocol);

        /** Sets the runtime: a short way. */
        Builder runtime(String name);

        /** Sets the address the cluster reads the model from: a short way. */
        Builder storageUri(URI storageUri);

        /** Sets the address the cluster reads the model from: a short way. */
        default Builder storageUri(String storageUri) {
            return storageUri(URI.create(storageUri));
        }

        /** Sets the model, and carries its labels, name, version and run over to the pods: a short way. */
        Builder model(ModelSource source);

        /** Makes the predictor, or throws {@link dev.fairlead.error.InvalidValueException}. */
        InferencePredictor build();
    }
}
