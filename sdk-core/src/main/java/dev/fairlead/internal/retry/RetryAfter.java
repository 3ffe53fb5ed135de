package dev.fairlead.internal.retry;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the Retry-After header in both its forms. */
public final class RetryAfter {
    private RetryAfter() {}

    /** Returns the wish, or empty where the header is none we can read; never negative. */
    public static Optional<Duration> parse(String header, Instant now) {
        String text = header.strip();
        if (!text.isEmpty() && text.chars().allMatch(Character::isDigit) && text.length() < 10) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wish = Duration.between(now, at);
            return Optional.of(wish.isNegative() ? Duration.ZERO : wish);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
