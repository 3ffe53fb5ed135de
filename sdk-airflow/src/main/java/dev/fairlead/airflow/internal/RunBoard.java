package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagRun;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for any number of runs of one server with one thread and at most two requests in a second: it asks for all of them at once. The thread
 * ends when nobody waits. Thread-safe.
 */
final class RunBoard {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What one request costs, so that there are two in a second at most. */
    private static final Duration COST = Duration.ofMillis(600);

    private final Supplier<ServerApi> api;
    private final Clock clock;
    private final Sleeper sleeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Wait> waits = new LinkedHashSet<>();
    private @Nullable Thread thread;
    private @Nullable Thread sleeping;
    private boolean joined;

    RunBoard(Supplier<ServerApi> api, Clock clock, Sleeper sleeper) {
        this.api = api;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Is told what became of a run, on the board's thread: must be quick. */
    interface Listener {
        /** Is given the run as it is now; {@code alone} tells that few wait, so that a closer look is cheap. */
        void seen(DagRun run, boolean alone);

        /** Is given why the run cannot be read now; returns whether to go on. */
        boolean trouble(MlPlatformException e);

        /** Is told that the waiter's time is over. */
        void overdue();
    }

    /** One who waits for one run. */
    record Wait(RunKey run, Deadline deadline, Listener listener) {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Begins to wait. */
    Wait join(RunKey run, Deadline deadline, Listener listener) {
        Wait wait = new Wait(run, deadline, listener);
        lock.lock();
        try {
            waits.add(wait);
            joined = true;
            if (thread == null) {
                thread = new Thread(this::run, "fairlead-airflow-runs");
                thread.setDaemon(true);
                thread.start();
            } else if (sleeping != null) {
                sleeping.interrupt();
            }
        } finally {
            lock.unlock();
        }
        return wait;
    }

    /** Ends waiting. */
    void leave(Wait wait) {
        lock.lock();
        try {
            waits.remove(wait);
        } finally {
            lock.unlock();
        }
    }

    private List<Wait> waiting() {
        lock.lock();
        try {
            joined = false;
            if (waits.isEmpty()) {
                thread = null; // who joins now starts another
            }
            return List.copyOf(waits);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Duration pause = FIRST;
        int turn = 0;
        for (List<Wait> now = waiting(); !now.isEmpty(); now = waiting()) {
            Instant start = clock.instant();
            List<RunKey> runs = new ArrayList<>(now.stream().map(Wait::run).toList());
            Collections.rotate(runs, turn++); // so that each has its turn where they are read one by one
            RunRound round = new RunRound(api, runs, Deadline.after(clock, patience()));
            round.ask();
            boolean ended = tell(now, round);
            Instant next = start.plus(COST.multipliedBy(Math.max(1, round.requests())));
            pause = ended ? FIRST : longer(pause);
            rest(next, pause);
            if (isJoined()) {
                pause = FIRST;
            }
        }
    }

    private boolean tell(List<Wait> now, RunRound round) {
        boolean ended = false;
        for (Wait wait : now) {
            DagRun run = round.seen(wait.run());
            if (run != null) {
                ended |= run.state().ended();
                wait.listener().seen(run, round.alone());
                if (run.state().ended()) {
                    leave(wait);
                }
            } else {
                round.trouble(wait.run())
                        .filter(e -> !wait.listener().trouble(e))
                        .ifPresent(e -> leave(wait));
            }
            if (wait.deadline().passed() && isWaiting(wait)) {
                leave(wait);
                wait.listener().overdue();
            }
        }
        return ended;
    }

    private boolean isWaiting(Wait wait) {
        lock.lock();
        try {
            return waits.contains(wait);
        } finally {
            lock.unlock();
        }
    }

    private boolean isJoined() {
        lock.lock();
        try {
            return joined;
        } finally {
            lock.unlock();
        }
    }

    private static Duration longer(Duration pause) {
        Duration grown = pause.multipliedBy(3).dividedBy(2);
        return grown.compareTo(LONGEST) < 0 ? grown : LONGEST;
    }

    /** Returns what is left to the waiter whose time is over first. */
    private Duration earliest() {
        lock.lock();
        try {
            return waits.stream()
                    .map(w -> w.deadline().left())
                    .min(Duration::compareTo)
                    .orElse(LONGEST);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long one round may take: a hanging server must not hold up the end of a waiter's time for long. */
    private Duration patience() {
        Duration earliest = shorter(earliest(), PATIENCE);
        return earliest.compareTo(FIRST) < 0 ? FIRST : earliest;
    }

    /** Rests as long as the requests made have to last, and then until the pause is over or somebody joins. */
    private void rest(Instant next, Duration pause) {
        Duration mustRest = Duration.between(clock.instant(), next);
        if (!mustRest.isNegative() && !mustRest.isZero()) {
            sleep(mustRest, false);
        }
        Duration more = shorter(pause, earliest()).minus(mustRest.isNegative() ? Duration.ZERO : mustRest);
        if (!more.isNegative() && !more.isZero()) {
            sleep(more, true);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private void sleep(Duration duration, boolean light) {
        if (light && !mayFallAsleep()) {
            return;
        }
        try {
            sleeper.sleep(duration);
        } catch (InterruptedException e) {
            // somebody joined
        } finally {
            wake();
        }
    }

    private boolean mayFallAsleep() {
        lock.lock();
        try {
            if (joined) {
                return false;
            }
            sleeping = Thread.currentThread();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            sleeping = null;
            Thread.interrupted(); // ours alone: it meant that somebody joined
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many wait. */
    int size() {
        lock.lock();
        try {
            return waits.size();
        } finally {
            lock.unlock();
        }
    }
}
