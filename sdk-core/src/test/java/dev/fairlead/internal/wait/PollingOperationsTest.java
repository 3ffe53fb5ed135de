package dev.fairlead.internal.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.spi.Poller.Look;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.Poller.Spec;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@Proves("core.operation")
class PollingOperationsTest {
    private final ManualClock clock = new ManualClock();
    private final PollingOperations poller = new PollingOperations(clock, clock::sleep, () -> 0.5);

    private Operation<String> operation(Look<String> look) {
        return poller.operation(
                new Spec<>("op-1", "test work op-1", look, Duration.ofSeconds(1), Duration.ofSeconds(4), null));
    }

    private static Look<String> script(List<Seen<String>> seen) {
        Iterator<Seen<String>> next = seen.iterator();
        return deadline -> next.next();
    }

    @Test
    void await_workEnds_pausesGrowAndListenersHear() {
        List<String> heard = new ArrayList<>();
        String result = operation(script(List.of(
                        new Seen.Pending<>("queued", ""),
                        new Seen.Pending<>("running", "step 1"),
                        new Seen.Pending<>("running", "step 2"),
                        new Seen.Pending<>("running", "step 3"),
                        new Seen.Done<>("42"))))
                .onProgress(p -> heard.add(p.elapsed().toMillis() + " " + p.state() + " " + p.detail()))
                .await(Duration.ofMinutes(1));
        assertThat(result).isEqualTo("42");
        assertThat(clock.sleeps())
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofMillis(1500),
                        Duration.ofMillis(2250),
                        Duration.ofMillis(3375));
        assertThat(heard)
                .containsExactly(
                        "0 queued ", "1000 running step 1", "2500 running step 2", "4750 running step 3", "8125 done ");
    }

    @Test
    void await_tooShort_saysWhatWasSeenAndHowToGoOn() {
        assertThatThrownBy(() -> operation(d -> new Seen.Pending<>("running", "pulling image"))
                        .await(Duration.ofSeconds(10)))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessage(
                        "test work op-1 had not ended after 10s, last seen running (pulling image); it goes on: wait"
                                + " again, or attach later with operation id op-1");
        assertThat(clock.sleeps().stream().mapToLong(Duration::toMillis).sum()).isEqualTo(10_000);
    }

    @Test
    void await_workFailed_throwsTheFailure() {
        OperationFailedException failure = new OperationFailedException("it broke", "op-1", "failed", "log", null);
        assertThatThrownBy(() -> operation(d -> new Seen.Failed<>(failure)).await(Duration.ofSeconds(1)))
                .isSameAs(failure);
    }

    @Test
    void await_interrupted_keepsTheFlag() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(
                        () -> operation(d -> new Seen.Pending<>("running", "")).await(Duration.ofSeconds(9)))
                .isInstanceOf(OperationInterruptedException.class)
                .hasMessageContaining("it goes on, operation id op-1");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void completion_cancelled_stopsWaitingOnly() throws Exception {
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CompletableFuture<String> future = operation(d -> {
                    looking.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return new Seen.Done<>("late");
                })
                .completion(Duration.ofMinutes(1));
        assertThat(looking.await(10, TimeUnit.SECONDS)).isTrue();
        future.cancel(true);
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(future).isCancelled();
    }

    @Test
    void completion_done_runsOnADaemonThreadOfOurs() {
        List<Thread> threads = new ArrayList<>();
        String result = operation(d -> {
                    threads.add(Thread.currentThread());
                    return new Seen.Done<>("42");
                })
                .completion(Duration.ofMinutes(1))
                .join();
        assertThat(result).isEqualTo("42");
        assertThat(threads.get(0).isDaemon()).isTrue();
        assertThat(threads.get(0).getName()).startsWith("fairlead-wait-");
    }

    @Test
    void cancel_notPossible_saysSo() {
        assertThatThrownBy(() -> operation(d -> new Seen.Done<>("42")).cancel())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("test work op-1 cannot be stopped by its server");
    }
}
