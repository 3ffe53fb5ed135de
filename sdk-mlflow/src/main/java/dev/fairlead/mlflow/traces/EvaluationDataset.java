package dev.fairlead.mlflow.traces;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Holds a dataset for evaluation as the server described it when it was read; its records are read apart. */
public interface EvaluationDataset {
    /** Returns its id. */
    String id();

    /** Returns its name; several may have the same. */
    String name();

    /** Returns its tags. */
    Map<String, String> tags();

    /** Returns the digest of its records. */
    String digest();

    /** Returns the types of its fields, as a tree; empty while it has no records. */
    Map<String, Object> schema();

    /** Returns what is counted of it, such as {@code num_records}, as a tree; empty while it has no records. */
    Map<String, Object> profile();

    /** Returns when it was made. */
    Optional<Instant> createdAt();

    /** Returns when it was changed last. */
    Optional<Instant> updatedAt();

    /** Starts a dataset value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableEvaluationDataset.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a dataset value. Not thread-safe. */
    interface Builder {
        /** Sets its id; mandatory. */
        Builder id(String id);

        /** Sets its name; mandatory. */
        Builder name(String name);

        /** Replaces its tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Sets the digest of its records. */
        Builder digest(String digest);

        /** Replaces the types of its fields. */
        Builder schema(Map<String, ? extends Object> schema);

        /** Replaces what is counted of it. */
        Builder profile(Map<String, ? extends Object> profile);

        /** Sets when it was made. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        EvaluationDataset build();
    }
}
