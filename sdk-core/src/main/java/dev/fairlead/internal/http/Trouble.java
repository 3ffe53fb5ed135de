package dev.fairlead.internal.http;

import dev.fairlead.error.MlPlatformException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Is how one attempt failed.
 *
 * @param words what happened, in a few words
 * @param status the HTTP status, or 0
 * @param refused whether the server certainly did not do the work
 * @param passing whether another attempt may succeed
 * @param wish how long the server asked to wait, or {@code null}
 * @param exception makes the exception, given one line per attempt
 */
record Trouble(
        String words,
        int status,
        boolean refused,
        boolean passing,
        @Nullable Duration wish,
        Function<List<String>, MlPlatformException> exception) {

    /** Returns whether the server may have acted although we do not know. */
    boolean ambiguous() {
        return passing && !refused;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(wish);
    }
}
