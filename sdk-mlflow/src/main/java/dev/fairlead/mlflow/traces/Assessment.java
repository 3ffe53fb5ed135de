package dev.fairlead.mlflow.traces;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds what somebody said of a trace, as the server described it when it was read. */
public interface Assessment {
    /** Returns its id. */
    String id();

    /** Returns the id of the trace. */
    String traceId();

    /** Returns what it is about, such as {@code correctness}. */
    String name();

    /** Returns what it says. */
    AssessmentContent content();

    /** Returns who said it. */
    AssessmentSource source();

    /** Returns the span it is about; empty for the whole trace. */
    Optional<String> spanId();

    /** Returns why it says so; empty where that is not told. */
    String rationale();

    /** Returns what else was noted. */
    Map<String, String> metadata();

    /** Returns the id of the assessment it replaces. */
    Optional<String> overrides();

    /** Returns whether it counts; one that another replaces does not. */
    boolean valid();

    /** Returns when it was made. */
    Optional<Instant> createdAt();

    /** Returns when it was changed last. */
    Optional<Instant> updatedAt();

    /** Returns the feedback's or expectation's value, if there is one. */
    default Optional<Object> value() {
        @Nullable Object value = null;
        if (content() instanceof AssessmentContent.Feedback feedback) {
            value = feedback.value();
        } else if (content() instanceof AssessmentContent.Expectation expectation) {
            value = expectation.value();
        }
        return Optional.ofNullable(value);
    }

    /** Starts an assessment value, for tests and for fakes. */
    static Builder builder() {
        return ImmutableAssessment.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds an assessment value. Not thread-safe. */
    interface Builder {
        /** Sets its id; mandatory. */
        Builder id(String id);

        /** Sets the id of the trace; mandatory. */
        Builder traceId(String id);

        /** Sets what it is about; mandatory. */
        Builder name(String name);

        /** Sets what it says; mandatory. */
        Builder content(AssessmentContent content);

        /** Sets who said it; mandatory. */
        Builder source(AssessmentSource source);

        /** Sets the span it is about. */
        Builder spanId(String id);

        /** Sets why it says so. */
        Builder rationale(String rationale);

        /** Replaces what else was noted. */
        Builder metadata(Map<String, ? extends String> metadata);

        /** Sets the id of the assessment it replaces. */
        Builder overrides(String id);

        /** Sets whether it counts. */
        Builder valid(boolean valid);

        /** Sets when it was made. */
        Builder createdAt(Instant instant);

        /** Sets when it was changed last. */
        Builder updatedAt(Instant instant);

        /** Makes the value, or throws {@link dev.fairlead.error.InvalidValueException}. */
        Assessment build();
    }
}
