package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.Approval;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again and again for what a real server does in its own time: the one place where these tests pause. */
final class Eventually {
    private static final long PAUSE = Duration.ofMillis(250).toNanos();

    private static final Duration SCHEDULED = Duration.ofSeconds(6);

    private Eventually() {}

    /** Returns what a look finds, or fails with these words when the time is over. */
    static <T> T get(String what, Duration limit, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + limit.toNanos();
        Optional<T> found = look.get();
        while (found.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(PAUSE);
            found = look.get();
        }
        return found.get();
    }

    /**
     * Waits until the scheduler has seen that a task waits for its answer. Airflow 3.3 with a local executor fails a task that is answered in the
     * instant it asks: it is queued again when the end of its first part is told.
     */
    static Approval settled(Approval approval) {
        Instant seen = approval.askedAt().plus(SCHEDULED);
        holds(
                "the scheduler sees the question",
                SCHEDULED.multipliedBy(3),
                () -> Instant.now().isAfter(seen));
        return approval;
    }

    /** Waits until a condition holds, or fails with these words when the time is over. */
    static void holds(String what, Duration limit, BooleanSupplier condition) {
        get(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }
}
