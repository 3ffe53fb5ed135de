package dev.fairlead.internal.wait;

import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Seen;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A future that has no thread of its own: it looks when it is told to and when a pause is over, on threads that all such futures share. At most
 * one look is under way at a time.
 *
 * @param <T> the result
 */
final class WatchedCompletion<T> extends CompletableFuture<T> {
    private final Waiter<T> waiter;
    private final Deadline deadline;
    private final AtomicInteger wishes = new AtomicInteger();
    private Duration pause;
    private Seen.@Nullable Pending<T> last;
    private volatile @Nullable Runnable end;
    private volatile @Nullable Future<?> next;
    private volatile @Nullable Future<?> limit;

    /** Is what the operation does for its waits. */
    interface Waiter<T> {
        /** Begins the wait. */
        Runnable begin(Runnable again);

        /** Looks once and tells the listeners; empty-handed where the work goes on. */
        Seen<T> look(Deadline deadline);

        /** Returns the pause after one. */
        Duration longer(Duration pause);

        /** Makes the exception for a wait that was too short. */
        RuntimeException timedOut(Seen.@Nullable Pending<T> last, Duration timeout);
    }

    private WatchedCompletion(Waiter<T> waiter, Deadline deadline, Duration first) {
        this.waiter = waiter;
        this.deadline = deadline;
        this.pause = first;
    }

    static <T> WatchedCompletion<T> of(Waiter<T> waiter, Deadline deadline, Duration first) {
        WatchedCompletion<T> completion = new WatchedCompletion<>(waiter, deadline, first);
        completion.limit = WaitThreads.after(deadline.total(), completion::overdue);
        var unused = completion.whenComplete((result, failure) -> completion.leave());
        WaitThreads.run(completion::begin);
        return completion;
    }

    private void begin() {
        try {
            end = waiter.begin(this::again);
            again();
        } catch (RuntimeException | Error e) {
            completeExceptionally(e);
        }
        if (isDone()) {
            leave(); // it ended before there was something to leave
        }
    }

    private void again() {
        if (!isDone() && wishes.getAndIncrement() == 0) {
            WaitThreads.run(this::look);
        }
    }

    private void look() {
        int heard = wishes.get();
        try {
            if (!isDone()) {
                take(waiter.look(deadline));
            }
        } catch (Throwable t) {
            completeExceptionally(t);
        }
        if (!wishes.compareAndSet(heard, 0)) {
            wishes.set(1); // told again while it looked
            WaitThreads.run(this::look);
        }
    }

    private void take(Seen<T> seen) {
        if (seen instanceof Seen.Done<T> done) {
            complete(done.result());
        } else if (seen instanceof Seen.Failed<T> failed) {
            completeExceptionally(failed.failure());
        } else {
            last = (Seen.Pending<T>) seen;
            cancel(next);
            next = WaitThreads.after(pause, this::again);
            pause = waiter.longer(pause);
        }
    }

    private void overdue() {
        completeExceptionally(waiter.timedOut(last, deadline.total()));
    }

    private void leave() {
        cancel(next);
        cancel(limit);
        Runnable leaving = end;
        if (leaving != null) {
            leaving.run();
        }
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
