package dev.fairlead.internal.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.credentials.Credential;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefreshingTest {
    private final ManualClock clock = new ManualClock();
    private final AtomicInteger fetched = new AtomicInteger();

    private record Token(int number, Instant end) implements Refreshing.Ending {
        @Override
        public Optional<Instant> expiresAt() {
            return Optional.of(end);
        }

        @Override
        public Optional<Credential> credential() {
            return Optional.of(Credential.bearer("t" + number));
        }
    }

    private Token fetch() {
        return new Token(fetched.incrementAndGet(), clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    @Proves("core.kube.background-refresh")
    void get_inTheLastQuarterOfItsLife_answersAtOnceAndRenewsBehind() throws Exception {
        CountDownLatch renewing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Refreshing<Token> kept = new Refreshing<>("it", clock, () -> {
            if (fetched.get() > 0) {
                renewing.countDown();
                await(mayEnd);
            }
            return fetch();
        });
        assertThat(kept.get().number()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(44));
        assertThat(kept.get().number()).isEqualTo(1);
        assertThat(fetched.get()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));
        for (int i = 0; i < 10; i++) {
            assertThat(kept.get().number()).isEqualTo(1); // nobody waits for the renewal, which hangs
        }
        assertThat(renewing.await(5, TimeUnit.SECONDS)).isTrue();
        mayEnd.countDown();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (kept.get().number() == 1 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(kept.get().number()).isEqualTo(2);
        assertThat(fetched.get()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void get_withinTheSkewOfItsEnd_fetchesAnew() {
        Refreshing<Token> kept = new Refreshing<>("it", clock, this::fetch);
        kept.get();
        clock.advance(Duration.ofHours(1).minusSeconds(9));
        assertThat(kept.get().number()).isEqualTo(2);
    }

    @Test
    void get_fetchThatFails_tellsWhyAndTriesAgainNextTime() {
        Refreshing<Token> kept = new Refreshing<>("the plugin", clock, () -> {
            if (fetched.incrementAndGet() == 1) {
                throw new ConfigurationException("not logged in");
            }
            return fetch();
        });
        assertThatThrownBy(kept::get).isInstanceOf(ConfigurationException.class).hasMessage("not logged in");
        assertThat(kept.get().number()).isEqualTo(3);
    }

    @Test
    void get_interruptedWhileWaiting_leavesTheFetchToOthersAndKeepsTheFlag() {
        CountDownLatch mayEnd = new CountDownLatch(1);
        Refreshing<Token> kept = new Refreshing<>("the plugin", clock, () -> {
            await(mayEnd);
            return fetch();
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(kept::get).hasMessage("interrupted while waiting for the plugin");
        assertThat(Thread.interrupted()).isTrue();
        mayEnd.countDown();
        assertThat(kept.get().number()).isEqualTo(1);
    }
}
