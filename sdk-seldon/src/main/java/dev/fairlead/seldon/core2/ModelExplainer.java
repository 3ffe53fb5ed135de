package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that a model explains the answers of another model or of a pipeline; it may name one of them, not both. It needs a server with the
 * capability {@code alibi-explain}.
 *
 * @param method how, or {@code null} where the object does not say
 * @param model the name of the model that is explained, or {@code null}
 * @param pipeline the name of the pipeline that is explained, or {@code null}
 * @param additionalFields the fields we do not model, as they stand in the object
 */
public record ModelExplainer(
        @Nullable ExplainerMethod method,
        @Nullable String model,
        @Nullable String pipeline,
        Map<String, Object> additionalFields) {
    /** Keeps a copy. */
    public ModelExplainer {
        additionalFields = Collections.unmodifiableMap(Trees.copy(additionalFields));
    }

    /** Explains by a method that reads the model itself, so that no other model is called. */
    public static ModelExplainer of(ExplainerMethod method) {
        return new ModelExplainer(method, null, null, Map.of());
    }

    /** Explains a model's answers. */
    public static ModelExplainer ofModel(ExplainerMethod method, String model) {
        return new ModelExplainer(method, model, null, Map.of());
    }

    /** Explains a pipeline's answers. */
    public static ModelExplainer ofPipeline(ExplainerMethod method, String pipeline) {
        return new ModelExplainer(method, null, pipeline, Map.of());
    }

    /** Returns how. */
    public Optional<ExplainerMethod> type() {
        return Optional.ofNullable(method);
    }

    /** Returns the name of the model that is explained. */
    public Optional<String> modelRef() {
        return Optional.ofNullable(model);
    }

    /** Returns the name of the pipeline that is explained. */
    public Optional<String> pipelineRef() {
        return Optional.ofNullable(pipeline);
    }
}
