package dev.fairlead.internal.kube;

import dev.fairlead.credentials.Credential;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.MlPlatformException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is costly to get until shortly before it ends. Whoever comes while it is being fetched waits for that same fetch; in the last
 * part of its life it is renewed in the background, while callers go on with what there is. Thread-safe.
 *
 * @param <T> what is kept
 */
final class Refreshing<T extends Refreshing.Ending> {
    /** A credential that ends within this time is not used any more. */
    static final Duration SKEW = Duration.ofSeconds(10);

    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(20);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final AtomicLong THREADS = new AtomicLong();

    private final String what;
    private final Clock clock;
    private final Supplier<T> fetch;
    private final AtomicReference<@Nullable Held<T>> held = new AtomicReference<>();
    private final AtomicReference<@Nullable CompletableFuture<T>> flight = new AtomicReference<>();
    private volatile Instant noRenewalBefore = Instant.MIN;

    /** Is what may end. */
    interface Ending {
        /** Returns when it ends, if it does. */
        Optional<Instant> expiresAt();

        /** Returns what is sent. */
        Optional<Credential> credential();
    }

    private record Held<T>(T value, Instant since) {}

    Refreshing(String what, Clock clock, Supplier<T> fetch) {
        this.what = what;
        this.clock = clock;
        this.fetch = fetch;
    }

    /** Returns what is kept, or fetches it. */
    T get() {
        Held<T> now = held.get();
        if (now == null || expired(now.value())) {
            return await(fly());
        }
        if (stale(now) && !clock.instant().isBefore(noRenewalBefore)) {
            var unused = fly(); // whoever comes next finds the result
        }
        return now.value();
    }

    /** Drops what is kept, if it is still this. */
    void drop(Credential refused) {
        Held<T> now = held.get();
        if (now != null && now.value().credential().filter(refused::equals).isPresent()) {
            held.compareAndSet(now, null);
        }
    }

    /** Returns what is kept, without fetching. */
    Optional<T> peek() {
        return Optional.ofNullable(held.get()).map(Held::value);
    }

    private boolean expired(T value) {
        return value.expiresAt()
                .filter(end -> !clock.instant().isBefore(end.minus(SKEW)))
                .isPresent();
    }

    private boolean stale(Held<T> now) {
        return now.value()
                .expiresAt()
                .filter(end -> {
                    Duration window = Duration.between(now.since(), end).dividedBy(4);
                    Duration bounded = window.compareTo(LONGEST_WINDOW) > 0 ? LONGEST_WINDOW : window;
                    return !clock.instant().isBefore(end.minus(bounded));
                })
                .isPresent();
    }

    private CompletableFuture<T> fly() {
        CompletableFuture<T> mine = new CompletableFuture<>();
        CompletableFuture<T> other = flight.compareAndExchange(null, mine);
        if (other != null) {
            return other;
        }
        Held<T> now = held.get();
        if (now != null && !expired(now.value()) && !stale(now)) {
            flight.set(null); // somebody landed just before us
            mine.complete(now.value());
            return mine;
        }
        Thread thread = new Thread(() -> land(mine), "fairlead-credentials-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
        return mine;
    }

    private void land(CompletableFuture<T> mine) {
        try {
            T value = fetch.get();
            held.set(new Held<>(value, clock.instant()));
            flight.set(null);
            mine.complete(value);
        } catch (RuntimeException | Error e) {
            noRenewalBefore = clock.instant().plus(AFTER_FAILURE);
            flight.set(null);
            mine.completeExceptionally(e);
        }
    }

    private T await(CompletableFuture<T> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("interrupted while waiting for " + what, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MlPlatformException failure) {
                throw failure;
            }
            throw new ConfigurationException(what + " failed: " + e.getCause(), e.getCause());
        }
    }
}
