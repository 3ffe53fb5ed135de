package dev.fairlead.spi;

import java.time.Duration;

/** Passes time; tests pass it at once. */
@FunctionalInterface
public interface Sleeper {
    /** Returns after the duration, or when the thread is interrupted. */
    void sleep(Duration duration) throws InterruptedException;
}
