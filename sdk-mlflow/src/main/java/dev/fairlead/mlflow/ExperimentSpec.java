package dev.fairlead.mlflow;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Describes an experiment to be made. */
public interface ExperimentSpec {
    /** Returns the name. */
    String name();

    /** Returns below which address its runs keep their artifacts; empty leaves it to the server. */
    Optional<URI> artifactLocation();

    /** Returns the tags it starts with; empty by default. */
    Map<String, String> tags();

    /** Returns whether {@link Experiments#ensure} restores a deleted experiment of this name; it does not by default. */
    boolean restoreIfDeleted();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableExperimentSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the name; mandatory, at most 256 characters. */
        Builder name(String name);

        /** Sets below which address its runs keep their artifacts; at most 2,048 characters. */
        Builder artifactLocation(URI location);

        /** Replaces the tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Sets whether a deleted experiment of this name is restored. */
        Builder restoreIfDeleted(boolean restore);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ExperimentSpec build();
    }
}
