package dev.fairlead.airflow.internal;

import dev.fairlead.airflow.DagRun;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Looks at one run for one waiting thread, by what the board sees. */
final class BoardLook implements Look<DagRun>, RunBoard.Listener, AutoCloseable {
    private final RunBoard board;
    private final RunKey run;
    private final RunWatch watch;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private RunBoard.@Nullable Wait wait;
    private Seen.Pending<DagRun> last = new Seen.Pending<>("unknown", "");

    private record News(
            @Nullable DagRun run, boolean alone, @Nullable MlPlatformException trouble) {}

    BoardLook(RunBoard board, RunKey run, RunWatch watch) {
        this.board = board;
        this.run = run;
        this.watch = watch;
    }

    @Override
    public void seen(DagRun run, boolean alone) {
        news.add(new News(run, alone, null));
    }

    @Override
    public boolean trouble(MlPlatformException e) {
        news.add(new News(null, false, e));
        return e.retryable();
    }

    @Override
    public void overdue() {
        news.add(new News(null, false, null));
    }

    @Override
    public Seen<DagRun> look(Deadline deadline) {
        if (wait == null) {
            wait = board.join(run, deadline, this);
        }
        News next;
        try {
            next = news.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last; // the waiter says so
        }
        if (next.trouble() != null) {
            throw next.trouble();
        }
        DagRun now = next.run();
        Seen<DagRun> seen = now == null ? last : watch.judge(now, next.alone(), deadline);
        if (seen instanceof Seen.Pending<DagRun> pending) {
            last = pending;
        }
        return seen;
    }

    @Override
    public void close() {
        if (wait != null) {
            board.leave(wait);
        }
    }
}
