package dev.fairlead.mlflow;

import java.util.Map;

/** Describes a registered model to be made. */
public interface RegisteredModelSpec {
    /** Returns the description; empty by default. */
    String description();

    /** Returns the tags; none by default. */
    Map<String, String> tags();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableRegisteredModelSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the description. */
        Builder description(String description);

        /** Replaces the tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        RegisteredModelSpec build();
    }
}
