package dev.fairlead.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Is a clock on which waiting takes no time: whoever sleeps on it moves it. The embedded platform's servers live on the same clock, so an hour of
 * training is over when the program under test has waited for an hour, which is at once. Thread-safe.
 */
public final class VirtualClock extends Clock {
    private final AtomicReference<Instant> now;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Starts at a fixed instant, so that two runs see the same times. */
    public VirtualClock() {
        this(Instant.parse("2026-01-05T08:00:00Z"));
    }

    /** Starts at an instant. */
    public VirtualClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /**
     * Passes the time at once.
     *
     * @throws InterruptedException if the thread was interrupted, as a real sleep would
     */
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before sleeping " + duration);
        }
        advance(duration);
    }

    /** Moves the clock forward. */
    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
        listeners.forEach(Runnable::run);
    }

    /**
     * Runs something whenever the clock has moved, on the thread that moved it and before that thread goes on: so that what is due is done
     * when a sleeper wakes.
     *
     * @return ends it
     */
    public AutoCloseable onAdvance(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Returns this clock: it knows UTC only. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
