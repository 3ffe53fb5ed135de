package dev.fairlead.mlflow.traces;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Holds one record of a dataset for evaluation: what goes in, and what is to come out. Records with the same inputs are one. */
public interface EvaluationRecord {
    /** Returns its id; empty before it is stored. */
    Optional<String> id();

    /** Returns what goes in, as JSON trees. */
    Map<String, Object> inputs();

    /** Returns what came out once, as JSON trees. */
    Map<String, Object> outputs();

    /** Returns what is to come out, as JSON trees. */
    Map<String, Object> expectations();

    /** Returns where it comes from. */
    Optional<EvaluationSource> source();

    /** Returns its tags. */
    Map<String, String> tags();

    /** Returns when it was stored. */
    Optional<Instant> createdAt();

    /** Returns when it was changed last. */
    Optional<Instant> updatedAt();

    /** Starts a record. */
    static Builder builder() {
        return ImmutableEvaluationRecord.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a record. Not thread-safe. */
    interface Builder {
        /** Sets its id; the server gives one. */
        Builder id(String id);

        /** Replaces what goes in; mandatory. */
        Builder inputs(Map<String, ? extends Object> inputs);

        /** Adds something that goes in. */
        Builder putInput(String key, Object value);

        /** Replaces what came out once. */
        Builder outputs(Map<String, ? extends Object> outputs);

        /** Adds something that came out once. */
        Builder putOutput(String key, Object value);

        /** Replaces what is to come out. */
        Builder expectations(Map<String, ? extends Object> expectations);

        /** Adds something that is to come out. */
        Builder putExpectation(String key, Object value);

        /** Sets where it comes from; the server keeps what the record was first stored with. */
        Builder source(EvaluationSource source);

        /** Replaces its tags. */
        Builder tags(Map<String, ? extends String> tags);

        /** Adds a tag. */
        Builder putTag(String key, String value);

        /** Sets when it was stored. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        EvaluationRecord build();
    }
}
