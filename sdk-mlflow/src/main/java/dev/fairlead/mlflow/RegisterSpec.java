package dev.fairlead.mlflow;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Describes a model version to be registered. */
public interface RegisterSpec {
    /** Is the tag that carries a version's key. */
    String KEY_TAG = "fairlead.version.key";

    /** Returns where the model is. */
    ModelUri source();

    /** Returns the key under which the same version is found again; see {@link Builder#key}. */
    Optional<String> key();

    /** Returns the id of the run that made it; taken from a {@code runs:/} source by default. */
    Optional<String> runId();

    /** Returns the description; empty by default. */
    String description();

    /** Returns the tags; empty by default. */
    Map<String, String> tags();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableRegisterSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets where the model is; mandatory. */
        Builder source(ModelUri source);

        /** Sets where the model is: an address that the server can read. */
        default Builder source(URI source) {
            return source(ModelUri.parse(source.toString()));
        }

        /** Sets where the model is: a folder among a run's artifacts. */
        default Builder source(String runId, String path) {
            return source(ModelUri.run(runId, path));
        }

        /**
         * Sets the key of the work, such as the run's id: when the model already has a version with this key, that version is returned
         * instead of a new one, also in another process. At most 250 characters.
         */
        Builder key(String key);

        /** Sets the id of the run that made it. */
        Builder runId(String runId);

        /** Sets the description. */
        Builder description(String description);

        /** Replaces the tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        RegisterSpec build();
    }
}
