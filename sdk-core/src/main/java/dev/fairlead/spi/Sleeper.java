package dev.fairlead.spi;

import java.time.Duration;

/** Passes time; tests pass it at once. */
@FunctionalInterface
public interface Sleeper {
    /** Passes real time. */
    Sleeper REAL = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    /** Returns after the duration, or when the thread is interrupted. */
    void sleep(Duration duration) throws InterruptedException;

    /** Tells whether sleeping takes no time, so that nothing which happens beside it can be waited for. */
    default boolean passesAtOnce() {
        return this != REAL;
    }
}
