package dev.fairlead.mlflow.traces;

import java.util.Map;
import java.util.Optional;

/** Describes what is to be said of a trace. */
public interface AssessmentSpec {
    /** Is the metadata by which an assessment is found again when the answer to its making was lost. */
    String KEY_METADATA = "fairlead.assessment.key";

    /** Returns what it is about. */
    String name();

    /** Returns what it says. */
    AssessmentContent content();

    /** Returns who says it. */
    AssessmentSource source();

    /** Returns the span it is about; empty for the whole trace. */
    Optional<String> spanId();

    /** Returns why it says so; empty by default. */
    String rationale();

    /** Returns what else is noted; empty by default. */
    Map<String, String> metadata();

    /** Returns the id of the assessment it replaces. */
    Optional<String> overrides();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableAssessmentSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets what it is about, such as {@code correctness}; mandatory. At most 250 characters. */
        Builder name(String name);

        /** Sets what it says; mandatory. */
        Builder content(AssessmentContent content);

        /** Says how good something was: a text, a number, a boolean, or a list or map of such. */
        default Builder feedback(Object value) {
            return content(AssessmentContent.feedback(value));
        }

        /** Says what would have been right: a text, a number, a boolean, or a list or map of such. */
        default Builder expectation(Object value) {
            return content(AssessmentContent.expectation(value));
        }

        /** Sets who says it; mandatory. */
        Builder source(AssessmentSource source);

        /** Sets the span it is about. */
        Builder spanId(String id);

        /** Sets why it says so. */
        Builder rationale(String rationale);

        /** Replaces what else is noted. */
        Builder metadata(Map<String, ? extends String> metadata);

        /** Notes something else. */
        Builder putMetadata(String key, String value);

        /** Sets the id of the assessment it replaces, which counts no longer then. */
        Builder overrides(String id);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        AssessmentSpec build();
    }
}
