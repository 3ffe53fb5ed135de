package dev.fairlead.airflow.internal;

import dev.fairlead.Operation.Progress;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Seen;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A future run that the board waits for. What it takes to tell how it ended is done on threads of its own, so that no other waiter is held up. */
final class RunCompletion extends CompletableFuture<DagRun> implements RunBoard.Listener {
    private static final Executor ENDS = ends();

    private final RunBoard board;
    private final RunWatch watch;
    private final Deadline deadline;
    private final Consumer<Progress> listener;
    private volatile RunBoard.@Nullable Wait wait;
    private volatile String state = "unknown";
    private volatile String detail = "";

    private RunCompletion(RunBoard board, RunWatch watch, Deadline deadline, Consumer<Progress> listener) {
        this.board = board;
        this.watch = watch;
        this.deadline = deadline;
        this.listener = listener;
    }

    static RunCompletion of(
            RunBoard board, RunKey run, RunWatch watch, Deadline deadline, Consumer<Progress> listener) {
        RunCompletion completion = new RunCompletion(board, watch, deadline, listener);
        completion.wait = board.join(run, deadline, completion);
        return completion;
    }

    private static Executor ends() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "fairlead-airflow-ends");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public void seen(DagRun run, boolean alone) {
        if (run.state().ended()) {
            ENDS.execute(() -> end(run));
        } else {
            tell(run.state().value(), "");
        }
    }

    private void end(DagRun run) {
        try {
            Seen<DagRun> seen = watch.judge(run, false, deadline);
            if (seen instanceof Seen.Failed<DagRun> failed) {
                completeExceptionally(failed.failure());
            } else {
                tell("done", "");
                complete(run);
            }
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
    }

    @Override
    public boolean trouble(MlPlatformException e) {
        if (e.retryable()) {
            tell(state, "the server cannot be asked now: " + e.getMessage());
            return true;
        }
        ENDS.execute(() -> completeExceptionally(e));
        return false;
    }

    @Override
    public void overdue() {
        ENDS.execute(() -> completeExceptionally(new OperationTimeoutException(
                "airflow dag run " + watch.operationId() + " had not ended after "
                        + deadline.total().toString().substring(2).toLowerCase(Locale.ROOT) + ", last seen " + state
                        + (detail.isEmpty() ? "" : " (" + detail + ")")
                        + "; it goes on: wait again, or attach later with operation id " + watch.operationId(),
                watch.operationId(),
                state,
                null)));
    }

    private void tell(String now, String why) {
        state = now;
        detail = why;
        Duration elapsed = deadline.total().minus(deadline.left());
        listener.accept(new Progress(now, why, elapsed));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        RunBoard.Wait waiting = wait;
        if (waiting != null) {
            board.leave(waiting);
        }
        return super.cancel(mayInterruptIfRunning);
    }
}
