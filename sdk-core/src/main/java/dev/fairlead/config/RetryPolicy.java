package dev.fairlead.config;

import java.time.Duration;

/**
 * Says how failed attempts are repeated. Pauses are random between zero and a bound that doubles from {@code base} to {@code longest}
 * (full jitter); a server's Retry-After is obeyed instead, as far as the call's deadline allows.
 *
 * @param maxAttempts attempts in all, at least 1
 * @param base the bound of the first pause
 * @param longest the bound that pauses never pass
 * @param budget tokens that all calls to one service share: a repeat costs 5, a success gives 1 back; at zero nothing is repeated
 */
public record RetryPolicy(int maxAttempts, Duration base, Duration longest, int budget) {
    /** Three attempts, 100 ms to 20 s, 500 tokens. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(100), Duration.ofSeconds(20), 500);

    /** One attempt and no more. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ofMillis(100), Duration.ofSeconds(20), 0);

    /** Checks the numbers. */
    public RetryPolicy {
        Limits.require(maxAttempts >= 1, "retry.max-attempts", "must be at least 1", maxAttempts);
        Limits.positive("retry.base", base);
        Limits.positive("retry.longest", longest);
        Limits.require(longest.compareTo(base) >= 0, "retry.longest", "must not be below retry.base " + base, longest);
        Limits.require(budget >= 0, "retry.budget", "must not be negative", budget);
    }

    /** Returns a copy with another number of attempts. */
    public RetryPolicy withMaxAttempts(int attempts) {
        return new RetryPolicy(attempts, base, longest, budget);
    }

    /** Returns a copy with other pauses. */
    public RetryPolicy withPauses(Duration first, Duration bound) {
        return new RetryPolicy(maxAttempts, first, bound, budget);
    }

    /** Returns a copy with another budget. */
    public RetryPolicy withBudget(int tokens) {
        return new RetryPolicy(maxAttempts, base, longest, tokens);
    }
}
