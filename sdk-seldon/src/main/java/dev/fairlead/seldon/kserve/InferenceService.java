package dev.fairlead.seldon.kserve;

import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.seldon.internal.crd.InferenceServiceCodec;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is an inference service of KServe: {@code serving.kserve.io/v1beta1}. What we do not model is kept at every level, so that an object read
 * and written again loses nothing.
 *
 * <p>{@code build()} refuses, with all problems at once, what KServe's definition and webhook refuse, and what they let
 * through and would break later.
 */
public interface InferenceService {
    /** Returns the name. */
    String name();

    /** Returns the namespace; empty means that of the platform. */
    Optional<String> namespace();

    /** Returns the object's labels. */
    Map<String, String> labels();

    /** Returns the object's annotations; the pods get them too. */
    Map<String, String> annotations();

    /** Returns what answers. */
    InferencePredictor predictor();

    /** Returns what stands before the predictor. */
    Optional<InferenceTransformer> transformer();

    /** Returns what explains the predictor. */
    Optional<InferenceExplainer> explainer();

    /** Returns what we do not model, as a tree like the object's own: {@code {"spec": {"newField": 1}}}. */
    Map<String, Object> additionalFields();

    /** Returns how it is run; empty leaves it to the cluster. */
    default Optional<DeploymentMode> deploymentMode() {
        return Optional.ofNullable(annotations().get(DeploymentMode.KEY)).map(DeploymentMode::of);
    }

    /** Returns what is wrong with it; empty for one that {@code build()} made. One read from a cluster may hold anything. */
    default List<Problem> problems() {
        return this instanceof Problems.Checked checked ? Problems.of(checked) : List.of();
    }

    /** Returns the object as it is sent; the caller may change the tree. */
    default Map<String, Object> toTree() {
        return InferenceServiceCodec.write(this);
    }

    /**
     * Reads an object. It is not checked, for a cluster may hold anything; see {@link #problems()}.
     *
     * @throws dev.fairlead.error.InvalidResponseException if it is no InferenceService
     */
    static InferenceService fromTree(Map<String, ?> tree) {
        return InferenceServiceCodec.read(tree);
    }

    /** Starts an inference service. */
    static Builder builder() {
        return ImmutableInferenceService.builder();
    }

    /** Starts an inference service of a name. */
    static Builder builder(String name) {
        return builder().name(name);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default InferenceService with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds an inference service. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets the namespace. */
        Builder namespace(String namespace);

        /** Replaces the object's labels. */
        Builder labels(Map<String, ? extends String> labels);

        /** Adds a label to the object. */
        Builder putLabel(String key, String value);

        /** Replaces the object's annotations. */
        Builder annotations(Map<String, ? extends String> annotations);

        /** Adds an annotation to the object. */
        Builder putAnnotation(String key, String value);

        /** Sets how it is run; it cannot be changed later. */
        default Builder deploymentMode(DeploymentMode mode) {
            return putAnnotation(DeploymentMode.KEY, mode.value());
        }

        /** Sets what answers; mandatory. */
        Builder predictor(InferencePredictor predictor);

        /** Sets what answers; its problems are reported with those of the whole. */
        default Builder predictor(Consumer<InferencePredictor.Builder> predictor) {
            InferencePredictor.Builder builder = InferencePredictor.builder();
            predictor.accept(builder);
            return predictor(ValueBuilder.<InferencePredictor>partOf(builder));
        }

        /** Sets what stands before the predictor. */
        Builder transformer(InferenceTransformer transformer);

        /** Sets what stands before the predictor; its problems are reported with those of the whole. */
        default Builder transformer(Consumer<InferenceTransformer.Builder> transformer) {
            InferenceTransformer.Builder builder = InferenceTransformer.builder();
            transformer.accept(builder);
            return transformer(ValueBuilder.<InferenceTransformer>partOf(builder));
        }

        /** Sets what explains the predictor. */
        Builder explainer(InferenceExplainer explainer);

        /** Sets what explains the predictor; its problems are reported with those of the whole. */
        default Builder explainer(Consumer<InferenceExplainer.Builder> explainer) {
            InferenceExplainer.Builder builder = InferenceExplainer.builder();
            explainer.accept(builder);
            return explainer(ValueBuilder.<InferenceExplainer>partOf(builder));
        }

        /** Replaces what we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds what we do not model, at the root of the object's tree. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes the inference service, or throws {@link dev.fairlead.error.InvalidValueException} with every problem. */
        InferenceService build();
    }
}
