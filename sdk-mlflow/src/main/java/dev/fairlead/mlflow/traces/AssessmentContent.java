package dev.fairlead.mlflow.traces;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Is what an assessment says. Values are JSON trees: text, numbers, booleans, lists and maps; a judge's numbers come back as doubles. */
public sealed interface AssessmentContent {
    /** Says how good something was. */
    static AssessmentContent feedback(Object value) {
        return new Feedback(value, null);
    }

    /** Says that no feedback could be made. */
    static AssessmentContent failure(String code, String message) {
        return new Feedback(null, new Failure(code, message, ""));
    }

    /** Says what would have been right. */
    static AssessmentContent expectation(Object value) {
        return new Expectation(value);
    }

    /**
     * Says how good something was.
     *
     * @param value the verdict, or {@code null} where none could be made
     * @param failure why none could be made, or {@code null}
     */
    record Feedback(@Nullable Object value, @Nullable Failure failure) implements AssessmentContent {}

    /**
     * Says what would have been right.
     *
     * @param value what
     */
    record Expectation(@Nullable Object value) implements AssessmentContent {}

    /**
     * Says what this version does not know.
     *
     * @param fields what the server sent, as a tree
     */
    record Unknown(Map<String, Object> fields) implements AssessmentContent {}

    /**
     * Tells why no feedback could be made.
     *
     * @param code the kind of error, such as {@code RATE_LIMIT_EXCEEDED}
     * @param message what happened
     * @param stackTrace where; empty where it is not told
     */
    record Failure(String code, String message, String stackTrace) {}
}
