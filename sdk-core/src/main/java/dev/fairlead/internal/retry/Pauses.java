package dev.fairlead.internal.retry;

import dev.fairlead.config.RetryPolicy;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides, attempt by attempt, whether and when one call is repeated. Resilience4j counts and computes; the sleeping, the deadline and the
 * budget stay with the line, for Resilience4j's own sleep knows neither.
 */
public final class Pauses {
    private final Retry.AsyncContext<Object> context;

    private Pauses(Retry.AsyncContext<Object> context) {
        this.context = context;
    }

    /** Starts the bookkeeping of one call. */
    public static Pauses start(RetryPolicy policy, DoubleSupplier random) {
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(policy.maxAttempts())
                .retryOnException(e -> e instanceof Failed failed && failed.mayRepeat)
                .intervalBiFunction((attempt, outcome) -> interval(policy, random, attempt, outcome))
                .build();
        return new Pauses(Retry.of("fairlead", config).asyncContext());
    }

    private static long interval(
            RetryPolicy policy, DoubleSupplier random, int attempt, Either<Throwable, Object> outcome) {
        if (outcome.isLeft() && outcome.getLeft() instanceof Failed failed && failed.wish != null) {
            return failed.wish.toMillis();
        }
        return jitter(policy, attempt, random).toMillis();
    }

    /** Returns the random pause after an attempt, from 1: anywhere between zero and a bound that doubles. */
    static Duration jitter(RetryPolicy policy, int attempt, DoubleSupplier random) {
        long longest = policy.longest().toNanos();
        double bound = Math.min((double) longest, (double) policy.base().toNanos() * Math.pow(2, attempt - 1.0));
        return Duration.ofNanos((long) (bound * random.getAsDouble()));
    }

    /**
     * Returns the pause before the next attempt, or empty when there is none.
     *
     * @param mayRepeat whether this failure of this operation may be repeated at all
     * @param wish what the server asked for, if it did
     */
    public Optional<Duration> afterFailure(boolean mayRepeat, Optional<Duration> wish) {
        long millis = context.onError(new Failed(mayRepeat, wish.orElse(null)));
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis));
    }

    /** Returns numbers between 0 and 1 from a generator. */
    public static DoubleSupplier random(RandomGenerator generator) {
        return generator::nextDouble;
    }

    private static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final boolean mayRepeat;
        private final @Nullable Duration wish;

        Failed(boolean mayRepeat, @Nullable Duration wish) {
            super(null, null, false, false);
            this.mayRepeat = mayRepeat;
            this.wish = wish;
        }
    }
}
