package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.internal.RunStates.Ended;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.Sleeper;
import java.time.Duration;

/**
 * Looks at one run for one waiting thread. Between two looks it reads the server's stream of states, so that the end is known within a second
 * at the cost of one open connection; where there is no stream it pauses, longer each time.
 */
final class StreamLook implements Look<DagRun>, AutoCloseable {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Look<DagRun> watch;
    private final RunStates states;
    private final Sleeper sleeper;
    private boolean streams = true;
    private boolean begun;
    private String state = "";
    private Duration pause = FIRST;
    /** How long the stream is read until the run is looked at closely again, for the sake of those who follow the progress. */
    private Duration refresh = FIRST.multipliedBy(2);

    StreamLook(Look<DagRun> watch, RunStates states, Sleeper sleeper) {
        this.watch = watch;
        this.states = states;
        this.sleeper = sleeper;
    }

    @Override
    public Seen<DagRun> look(Deadline deadline) {
        if (begun) {
            rest(deadline);
        }
        begun = true;
        if (Thread.currentThread().isInterrupted()) {
            return new Seen.Pending<>(state, ""); // the waiter says so
        }
        Seen<DagRun> seen = watch.look(deadline);
        if (seen instanceof Seen.Pending<DagRun> pending) {
            state = pending.state();
        }
        return seen;
    }

    private void rest(Deadline deadline) {
        if (streams) {
            Ended ended = states.awaitOther(state, refresh, deadline);
            if (ended == Ended.LOOK) {
                refresh = longer(refresh);
                pause = FIRST;
                return;
            }
            streams = ended == Ended.CUT; // what holds a stream back once does it again
        }
        Duration left = deadline.left();
        try {
            sleeper.sleep(pause.compareTo(left) < 0 ? pause : left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        pause = longer(pause);
    }

    private static Duration longer(Duration duration) {
        Duration grown = duration.multipliedBy(3).dividedBy(2);
        return grown.compareTo(LONGEST) < 0 ? grown : LONGEST;
    }

    @Override
    public void close() {
        states.close();
    }
}
