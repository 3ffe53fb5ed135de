package dev.fairlead.internal.wait;

import dev.fairlead.Operation;
import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller;
import dev.fairlead.spi.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Waits by looking again and again, on an injected clock. */
public final class PollingOperations implements Poller {
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final ExecutorService WAITERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fairlead-wait-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private final Clock clock;
    private final Sleeper sleeper;
    private final DoubleSupplier random;

    /** Creates the poller; {@code random} gives numbers from 0 to 1. */
    public PollingOperations(Clock clock, Sleeper sleeper, DoubleSupplier random) {
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
    }

    @Override
    public <T> Operation<T> operation(Spec<T> spec) {
        return new Polling<>(spec);
    }

    private final class Polling<T> implements Operation<T>, WatchedCompletion.Waiter<T> {
        private final Spec<T> spec;
        private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();

        Polling(Spec<T> spec) {
            this.spec = spec;
        }

        @Override
        public String id() {
            return spec.id();
        }

        @Override
        public T await(Duration timeout) {
            if (!isWatched()) {
                return await(timeout, sleeper);
            }
            Semaphore told = new Semaphore(0);
            Runnable end = begin(told::release);
            try {
                return await(timeout, pause -> {
                    var unused = told.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
                    told.drainPermits();
                });
            } finally {
                end.run();
            }
        }

        private boolean isWatched() {
            return spec.look() instanceof WatchedLook && !sleeper.passesAtOnce();
        }

        @Override
        public Runnable begin(Runnable again) {
            return ((WatchedLook<T>) spec.look()).begin(again);
        }

        private T await(Duration timeout, Sleeper resting) {
            Deadline deadline = Deadline.after(clock, timeout);
            Duration pause = spec.first();
            while (true) {
                Seen<T> seen = look(deadline);
                if (seen instanceof Seen.Done<T> done) {
                    return done.result();
                } else if (seen instanceof Seen.Failed<T> failed) {
                    throw failed.failure();
                }
                Seen.Pending<T> pending = (Seen.Pending<T>) seen;
                Duration left = deadline.left();
                if (left.isZero()) {
                    throw timedOut(pending, timeout);
                }
                pauseFor(jittered(pause, left), pending, resting);
                pause = longer(pause);
            }
        }

        @Override
        public Seen<T> look(Deadline deadline) {
            Seen<T> seen = spec.look().look(deadline);
            if (seen instanceof Seen.Done<T>) {
                tell("done", "", deadline);
            } else if (seen instanceof Seen.Pending<T> pending) {
                tell(pending.state(), pending.detail(), deadline);
            }
            return seen;
        }

        private Duration jittered(Duration pause, Duration left) {
            Duration jittered = Duration.ofNanos((long) (pause.toNanos() * (0.75 + 0.5 * random.getAsDouble())));
            return jittered.compareTo(left) < 0 ? jittered : left;
        }

        @Override
        public Duration longer(Duration pause) {
            Duration grown = pause.multipliedBy(3).dividedBy(2);
            return grown.compareTo(spec.longest()) < 0 ? grown : spec.longest();
        }

        private void pauseFor(Duration pause, Seen.Pending<T> pending, Sleeper resting) {
            try {
                resting.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OperationInterruptedException(
                        "interrupted while waiting for " + spec.what() + ", last seen " + words(pending)
                                + "; it goes on, operation id " + id(),
                        id(),
                        pending.state());
            }
        }

        @Override
        public OperationTimeoutException timedOut(Seen.@Nullable Pending<T> last, Duration timeout) {
            Seen.Pending<T> pending = last == null ? new Seen.Pending<>("unknown", "") : last;
            return new OperationTimeoutException(
                    spec.what() + " had not ended after " + words(timeout) + ", last seen " + words(pending)
                            + "; it goes on: wait again, or attach later with operation id " + id(),
                    id(),
                    pending.state(),
                    null);
        }

        private void tell(String state, String detail, Deadline deadline) {
            Progress progress = new Progress(state, detail, deadline.total().minus(deadline.left()));
            for (Consumer<Progress> listener : listeners) {
                listener.accept(progress);
            }
        }

        @Override
        public Operation<T> onProgress(Consumer<Progress> listener) {
            listeners.add(listener);
            return this;
        }

        @Override
        public CompletableFuture<T> completion(Duration timeout) {
            if (isWatched()) {
                return WatchedCompletion.of(this, Deadline.after(clock, timeout), spec.first());
            }
            Waiting<T> waiting = new Waiting<>();
            waiting.task = WAITERS.submit(() -> {
                try {
                    if (!waiting.isDone()) {
                        waiting.complete(await(timeout));
                    }
                } catch (Throwable t) {
                    waiting.completeExceptionally(t);
                }
            });
            return waiting;
        }

        @Override
        public void cancel() {
            @Nullable Runnable cancel = spec.cancel();
            if (cancel == null) {
                throw new UnsupportedOperationException(spec.what() + " cannot be stopped by its server");
            }
            cancel.run();
        }

        @Override
        public String toString() {
            return "Operation[" + spec.what() + ", id " + id() + "]";
        }
    }

    /** A future whose cancelling interrupts the thread that waits for it. */
    private static final class Waiting<T> extends CompletableFuture<T> {
        private volatile @Nullable Future<?> task;

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            Future<?> running = task;
            if (cancelled && running != null) {
                running.cancel(true);
            }
            return cancelled;
        }
    }

    private static String words(Seen.Pending<?> pending) {
        return pending.detail().isEmpty() ? pending.state() : pending.state() + " (" + pending.detail() + ")";
    }

    private static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
