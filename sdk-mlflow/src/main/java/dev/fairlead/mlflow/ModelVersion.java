package dev.fairlead.mlflow;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a version of a registered model as the server described it when it was read. */
public interface ModelVersion {
    /** Returns the model's name. */
    String name();

    /** Returns the version, digits as a rule. */
    String version();

    /** Returns how far its registration is. */
    ModelVersionStatus status();

    /** Returns why its registration failed; empty where the server does not tell. */
    String statusMessage();

    /** Returns where its files were when it was registered. */
    Optional<URI> source();

    /** Returns the id of the run that logged it. */
    Optional<String> runId();

    /** Returns its description; empty where there is none. */
    String description();

    /** Returns the id of the logged model of MLflow 3 it was registered from. */
    default Optional<String> loggedModelId() {
        return source().map(URI::toString)
                .filter(text -> text.startsWith("models:"))
                .map(ModelUri::parse)
                .filter(ModelUri.LoggedModel.class::isInstance)
                .map(uri -> ((ModelUri.LoggedModel) uri).id());
    }

    /**
     * Returns its stage, such as {@code Production}; empty where it has none.
     *
     * @deprecated MLflow gave stages up in 2.9: point an alias at the version instead
     */
    @Deprecated
    Optional<String> stage();

    /** Returns its tags. */
    Map<String, String> tags();

    /** Returns the aliases that point at it; servers tell them only where one version is asked for. */
    List<String> aliases();

    /** Returns when it was registered. */
    Optional<Instant> createdAt();

    /** Returns when it was changed last. */
    Optional<Instant> updatedAt();

    /** Returns how it is referred to: {@code models:/name/version}. */
    default ModelUri uri() {
        return ModelUri.version(name(), version());
    }

    /** Starts a version value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableModelVersion.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a version value. Not thread-safe. */
    interface Builder {
        /** Sets the model's name; mandatory. */
        Builder name(String name);

        /** Sets the version; mandatory. */
        Builder version(String version);

        /** Sets how far its registration is; ready by default. */
        Builder status(ModelVersionStatus status);

        /** Sets why its registration failed. */
        Builder statusMessage(String message);

        /** Sets where its files are. */
        Builder source(URI source);

        /** Sets the id of the run that logged it. */
        Builder runId(String runId);

        /** Sets its description. */
        Builder description(String description);

        /**
         * Sets its stage.
         *
         * @deprecated MLflow gave stages up in 2.9
         */
        @Deprecated
        Builder stage(String stage);

        /** Replaces its tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Replaces the aliases that point at it. */
        Builder aliases(Iterable<String> aliases);

        /** Adds an alias that points at it. */
        Builder addAlias(String alias);

        /** Sets when it was registered. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ModelVersion build();
    }
}
