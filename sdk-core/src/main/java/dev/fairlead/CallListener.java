package dev.fairlead;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is told of every attempt of every remote call. Implementations must be thread-safe, fast, and must not throw; what they throw is ignored.
 */
public interface CallListener {
    /** Is called when an attempt has ended, with an answer or without. */
    default void onAttempt(Attempt attempt) {}

    /** Is called when the circuit breaker of a service and host changes its state, such as {@code CLOSED} to {@code OPEN}. */
    default void onCircuitChange(String system, String host, String from, String to) {}

    /**
     * Returns the W3C {@code traceparent} that an attempt carries, asked on the calling thread right before each; empty for one of our own
     * making. Of several listeners the first that has one is followed.
     */
    default Optional<String> traceparent() {
        return Optional.empty();
    }

    /**
     * Tells of one attempt. Holds no secret: neither header, body nor query.
     *
     * @param system the system, such as {@code mlflow}
     * @param operation the operation, a fixed text such as {@code runs/create}
     * @param method the HTTP method
     * @param uri the address without query
     * @param number 1 for the first attempt
     * @param status the HTTP status, or 0 where no answer came
     * @param duration from sending to the end of the answer's headers
     * @param failure what went wrong in one line, or {@code null}
     * @param pauseBeforeNext the pause before the next attempt, or {@code null} when there is none
     */
    record Attempt(
            String system,
            String operation,
            String method,
            URI uri,
            int number,
            int status,
            Duration duration,
            @Nullable String failure,
            @Nullable Duration pauseBeforeNext) {
        /** Returns what went wrong. */
        public Optional<String> problem() {
            return Optional.ofNullable(failure);
        }

        /** Returns the pause before the next attempt, if there will be one. */
        public Optional<Duration> nextIn() {
            return Optional.ofNullable(pauseBeforeNext);
        }
    }
}
