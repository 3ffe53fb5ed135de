package dev.fairlead.error;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is known of a call that failed.
 *
 * @param system the system that was called, such as {@code mlflow}
 * @param operation what was asked of it, such as {@code runs/create}
 * @param method the HTTP method
 * @param uri the address without query and user information
 * @param status the HTTP status, or 0 where no answer came
 * @param code the server's own error code, empty where it names none
 * @param reason the server's reason in its own words
 * @param attempts one line per attempt: what happened, and why it was or was not repeated
 * @param maxAttempts how many attempts the policy allows
 * @param retryAfterHint how long the server asked to wait, or {@code null}
 */
public record CallDetails(
        String system,
        String operation,
        String method,
        URI uri,
        int status,
        String code,
        String reason,
        List<String> attempts,
        int maxAttempts,
        @Nullable Duration retryAfterHint) {

    /** Copies the attempts. */
    public CallDetails {
        attempts = List.copyOf(attempts);
    }

    /** Returns how long the server asked to wait, if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfterHint);
    }

    /** Returns the same details with another reason. */
    public CallDetails withReason(String why) {
        return withReason(code, why);
    }

    /** Returns the same details with the server's own code and reason. */
    public CallDetails withReason(String serverCode, String why) {
        return new CallDetails(
                system, operation, method, uri, status, serverCode, why, attempts, maxAttempts, retryAfterHint);
    }

    /** Formats the details as the first line of a message. */
    String line() {
        StringBuilder line =
                new StringBuilder(system).append(' ').append(operation).append(": ");
        if (status > 0) {
            line.append(status).append(' ');
        }
        if (!code.isEmpty()) {
            line.append(code).append(": ");
        }
        line.append(reason.isEmpty() ? "no reason given" : reason);
        line.append(" (").append(method).append(' ').append(uri);
        if (!attempts.isEmpty()) {
            line.append(", attempt ").append(attempts.size()).append(" of ").append(maxAttempts);
        }
        return line.append(')').toString();
    }
}
