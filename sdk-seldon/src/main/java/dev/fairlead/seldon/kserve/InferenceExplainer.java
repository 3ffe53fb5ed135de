package dev.fairlead.seldon.kserve;

import java.util.function.Consumer;

/** Is the component that explains the predictor's answers, in containers of one's own. */
public interface InferenceExplainer extends ServingComponent {
    /** Starts an explainer. */
    static Builder builder() {
        return ImmutableInferenceExplainer.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default InferenceExplainer with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds an explainer. Not thread-safe. */
    interface Builder extends Settings<Builder> {
        /** Makes the explainer, or throws {@link dev.fairlead.error.InvalidValueException}. */
        InferenceExplainer build();
    }
}
