package dev.fairlead.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.Poller.Spec;
import dev.fairlead.spi.Poller.WatchedLook;
import dev.fairlead.spi.Sleeper;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Waits that are told when to look again: pauses here are an hour long. */
@Proves("core.operation")
class WatchedOperationsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Ends when it is told to, and tells who looks. */
    private static final class Told implements WatchedLook<String> {
        final Set<Runnable> waiting = ConcurrentHashMap.newKeySet();
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        final CountDownLatch looked = new CountDownLatch(1);
        final Semaphore left = new Semaphore(0);
        volatile boolean over;

        @Override
        public Runnable begin(Runnable again) {
            waiting.add(again);
            return () -> {
                waiting.remove(again);
                left.release();
            };
        }

        @Override
        public Seen<String> look(Deadline deadline) {
            threads.add(Thread.currentThread());
            looked.countDown();
            return over ? new Seen.Done<>("42") : new Seen.Pending<>("running", "step 1");
        }

        void end() {
            over = true;
            waiting.forEach(Runnable::run);
        }
    }

    private static Operation<String> operation(Told told) {
        PollingOperations poller = new PollingOperations(Clock.systemUTC(), Sleeper.REAL, () -> 0.5);
        return poller.operation(new Spec<>("op-1", "test work op-1", told, HOUR, HOUR, null));
    }

    @Test
    void await_toldOfTheEnd_looksAtOnce() throws Exception {
        Told told = new Told();
        Thread ending = new Thread(() -> {
            try {
                told.looked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            told.end();
        });
        ending.start();
        assertThat(operation(told).await(LIMIT)).isEqualTo("42");
        ending.join();
        assertThat(told.waiting).isEmpty();
    }

    @Test
    void completion_ofMany_takesFewThreads() throws Exception {
        Told told = new Told();
        List<CompletableFuture<String>> ends = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ends.add(operation(told).completion(LIMIT));
        }
        assertThat(told.looked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ends).noneMatch(CompletableFuture::isDone);
        told.over = true;
        while (!ends.stream().allMatch(CompletableFuture::isDone)) {
            told.waiting.forEach(Runnable::run);
        }
        assertThat(ends).allMatch(end -> end.join().equals("42"));
        assertThat(told.threads).hasSizeLessThanOrEqualTo(8).allMatch(Thread::isDaemon);
        assertThat(told.left.tryAcquire(ends.size(), 10, TimeUnit.SECONDS))
                .as("each wait is left, a moment after its end is known")
                .isTrue();
        assertThat(told.waiting).isEmpty();
    }

    @Test
    void completion_tooShort_saysWhatWasSeen() {
        Told told = new Told();
        CompletableFuture<String> end = operation(told).completion(Duration.ofMillis(300));
        assertThatThrownBy(end::join)
                .cause()
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("had not ended after 0.3s, last seen running (step 1); it goes on");
    }

    @Test
    void completion_cancelled_isWaitedForNoLonger() throws Exception {
        Told told = new Told();
        CompletableFuture<String> end = operation(told).completion(LIMIT);
        assertThat(told.looked.await(10, TimeUnit.SECONDS)).isTrue();
        end.cancel(true);
        assertThat(told.waiting).isEmpty();
    }

    @Test
    void await_whereTimePassesAtOnce_readsForItself() {
        ManualClock clock = new ManualClock();
        Told told = new Told();
        PollingOperations poller = new PollingOperations(clock, clock::sleep, () -> 0.5);
        Operation<String> operation = poller.operation(
                new Spec<>("op-1", "test work op-1", told, Duration.ofSeconds(1), Duration.ofSeconds(4), null));
        operation.onProgress(p -> told.over = clock.sleeps().size() == 2);
        assertThat(operation.await(LIMIT)).isEqualTo("42");
        assertThat(told.waiting).isEmpty();
        assertThat(clock.sleeps()).hasSize(3);
    }
}
