package dev.fairlead.seldon.kserve;

import java.util.function.Consumer;

/** Is the component that changes requests before the predictor gets them, and answers after it gave them, in containers of one's own. */
public interface InferenceTransformer extends ServingComponent {
    /** Starts a transformer. */
    static Builder builder() {
        return ImmutableInferenceTransformer.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default InferenceTransformer with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a transformer. Not thread-safe. */
    interface Builder extends Settings<Builder> {
        /** Makes the transformer, or throws {@link dev.fairlead.error.InvalidValueException}. */
        InferenceTransformer build();
    }
}
