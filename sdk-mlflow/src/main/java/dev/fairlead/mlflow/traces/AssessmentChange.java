package dev.fairlead.mlflow.traces;

import java.util.Map;
import java.util.Optional;

/** Describes what is to change about an assessment; what is not set stays. */
public interface AssessmentChange {
    /** Returns the new name. */
    Optional<String> name();

    /** Returns the new content; a feedback stays a feedback, an expectation an expectation. */
    Optional<AssessmentContent> content();

    /** Returns the new rationale. */
    Optional<String> rationale();

    /** Returns what is noted besides what is noted already. */
    Map<String, String> metadata();

    /** Starts a change. */
    static Builder builder() {
        return ImmutableAssessmentChange.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a change. Not thread-safe. */
    interface Builder {
        /** Sets the new name. */
        Builder name(String name);

        /** Sets the new content. */
        Builder content(AssessmentContent content);

        /** Sets the new verdict of a feedback. */
        default Builder feedback(Object value) {
            return content(AssessmentContent.feedback(value));
        }

        /** Sets what would have been right. */
        default Builder expectation(Object value) {
            return content(AssessmentContent.expectation(value));
        }

        /** Sets the new rationale. */
        Builder rationale(String rationale);

        /** Replaces what is noted besides what is noted already. */
        Builder metadata(Map<String, ? extends String> metadata);

        /** Notes something besides what is noted already. */
        Builder putMetadata(String key, String value);

        /** Makes the change, or throws {@link dev.fairlead.error.InvalidValueException}. */
        AssessmentChange build();
    }
}
