package dev.fairlead.mlflow;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Holds a registered model as the server described it when it was read. */
public interface RegisteredModel {
    /** Returns the name. */
    String name();

    /** Returns the description; empty where there is none. */
    String description();

    /** Returns the tags. */
    Map<String, String> tags();

    /** Returns the aliases, each with the version it points at. */
    Map<String, String> aliases();

    /** Returns when it was created. */
    Optional<Instant> createdAt();

    /** Returns when it, or one of its versions, was changed last. */
    Optional<Instant> updatedAt();

    /** Starts a model value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableRegisteredModel.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a model value. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets the description. */
        Builder description(String description);

        /** Replaces the tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Replaces the aliases. */
        Builder aliases(Map<String, ? extends String> aliases);

        /** Adds an alias with the version it points at. */
        Builder putAlias(String alias, String version);

        /** Sets when it was created. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        RegisteredModel build();
    }
}
