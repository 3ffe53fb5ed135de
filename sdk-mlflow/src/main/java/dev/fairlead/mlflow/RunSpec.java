package dev.fairlead.mlflow;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Describes a run to be started. */
public interface RunSpec {
    /** Is the tag that carries a run's key. */
    String KEY_TAG = "fairlead.run.key";

    /** Returns the name; empty lets the server make one up. */
    Optional<String> name();

    /** Returns the key under which the same run is found again; see {@link Builder#resumeKey}. */
    Optional<String> resumeKey();

    /** Returns the id of the run it is nested in. */
    Optional<String> parentId();

    /** Returns when it begins; empty means now. */
    Optional<Instant> startTime();

    /** Returns who starts it; empty means the user of this process. */
    Optional<String> userId();

    /** Returns the tags it starts with; empty by default. */
    Map<String, String> tags();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableRunSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the name. */
        Builder name(String name);

        /**
         * Sets the key of the work, such as {@code train-2026-03-01}: when the experiment already has a run with this key, that run is
         * taken up again instead of a new one. At most 250 characters.
         */
        Builder resumeKey(String key);

        /** Nests the run in another. */
        Builder parentId(String runId);

        /** Sets when it begins; to the millisecond. */
        Builder startTime(Instant instant);

        /** Sets who starts it. */
        Builder userId(String user);

        /** Replaces the tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        RunSpec build();
    }
}
