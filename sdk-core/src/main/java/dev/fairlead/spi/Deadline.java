package dev.fairlead.spi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Holds the one instant at which everything done for a caller must have ended.
 *
 * @param clock whose time counts
 * @param at the instant
 * @param total how long it was at the start, for messages
 */
public record Deadline(Clock clock, Instant at, Duration total) {
    /** Starts a deadline now. */
    public static Deadline after(Clock clock, Duration total) {
        return new Deadline(clock, clock.instant().plus(total), total);
    }

    /** Returns what is left; never negative. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), at);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Tells whether nothing is left. */
    public boolean passed() {
        return !clock.instant().isBefore(at);
    }

    /** Returns the earlier of this deadline and one that starts now. */
    public Deadline atMost(Duration duration) {
        return left().compareTo(duration) <= 0 ? this : after(clock, duration);
    }
}
