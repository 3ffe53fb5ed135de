package dev.fairlead.airflow.dag;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Says what Airflow does after an exception of a task (Airflow 3.3 and newer). The first rule that fits counts; where none does, the task is tried
 * again as often as its retries allow, which no rule extends.
 *
 * @param exceptions the Python exceptions, by their full names such as {@code requests.exceptions.HTTPError}; subclasses count too
 * @param retries whether the task is tried again, or fails at once
 * @param delay the pause before that try; empty means that of the task
 * @param reason why, for the log; empty leaves it to Airflow
 */
public record RetryRule(List<String> exceptions, boolean retries, Optional<Duration> delay, String reason) {
    /** Copies the exceptions. */
    public RetryRule {
        exceptions = List.copyOf(exceptions);
    }

    /** Lets the task fail at once. */
    public static RetryRule fail(String... exceptions) {
        return new RetryRule(List.of(exceptions), false, Optional.empty(), "");
    }

    /** Lets the task be tried again after a pause. */
    public static RetryRule retry(Duration delay, String... exceptions) {
        return new RetryRule(List.of(exceptions), true, Optional.of(delay), "");
    }

    /** Returns a copy that tells why. */
    public RetryRule because(String why) {
        return new RetryRule(exceptions, retries, delay, why);
    }
}
