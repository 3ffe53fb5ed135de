package dev.fairlead.mlflow;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Holds an experiment as the server described it when it was read. */
public interface Experiment {
    /** Returns the id, digits as a rule. */
    String id();

    /** Returns the name, unique among all experiments, deleted ones included. */
    String name();

    /** Returns below which address its runs keep their artifacts, such as {@code mlflow-artifacts:/1}. */
    Optional<String> artifactLocation();

    /** Returns whether it is in use or deleted. */
    LifecycleStage lifecycleStage();

    /** Returns when it was created, where the server tells. */
    Optional<Instant> createdAt();

    /** Returns when it was changed last, where the server tells. */
    Optional<Instant> updatedAt();

    /** Returns its tags. */
    Map<String, String> tags();

    /** Returns what it is about; empty where nobody said. */
    default String description() {
        return tags().getOrDefault(Run.DESCRIPTION_TAG, "");
    }

    /** Starts an experiment value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableExperiment.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds an experiment value. Not thread-safe. */
    interface Builder {
        /** Sets the id; mandatory. */
        Builder id(String id);

        /** Sets the name; mandatory. */
        Builder name(String name);

        /** Sets below which address its runs keep their artifacts. */
        Builder artifactLocation(String location);

        /** Sets whether it is in use; active by default. */
        Builder lifecycleStage(LifecycleStage stage);

        /** Sets when it was created. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Replaces the tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Experiment build();
    }
}
