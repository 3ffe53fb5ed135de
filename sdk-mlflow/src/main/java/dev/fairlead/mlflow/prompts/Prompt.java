package dev.fairlead.mlflow.prompts;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Holds a prompt as the server described it when it was read; its texts are in its versions. */
public interface Prompt {
    /** Returns its name. */
    String name();

    /** Returns its description; empty where there is none. */
    String description();

    /** Returns its tags, without those MLflow keeps for itself. */
    Map<String, String> tags();

    /** Returns its aliases and the versions they point at; servers tell them only where one prompt is asked for. */
    Map<String, String> aliases();

    /** Returns when it was made. */
    Optional<Instant> createdAt();

    /** Returns when it was changed last. */
    Optional<Instant> updatedAt();

    /** Starts a prompt value, for tests and for fakes. */
    static Builder builder() {
        return ImmutablePrompt.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a prompt value. Not thread-safe. */
    interface Builder {
        /** Sets its name; mandatory. */
        Builder name(String name);

        /** Sets its description. */
        Builder description(String description);

        /** Replaces its tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Replaces its aliases. */
        Builder aliases(Map<String, ? extends String> aliases);

        /** Adds an alias and the version it points at. */
        Builder putAlias(String alias, String version);

        /** Sets when it was made. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Prompt build();
    }
}
