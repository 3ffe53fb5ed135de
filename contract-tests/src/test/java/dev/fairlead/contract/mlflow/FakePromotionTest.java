package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.OperationInterruptedException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.PromotionLostException;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.VirtualClock;
import dev.fairlead.testing.mlflow.FakeMlflow;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promoters that meet claims of others, with time under control. */
@RanOn("fake")
class FakePromotionTest {
    private static final String SMALL = "fairlead.promotion.00000000000000000000000000000000";
    private static final String GREAT = "fairlead.promotion.ffffffffffffffffffffffffffffffff";

    private final VirtualClock clock = new VirtualClock();
    private final FakeMlflow fake = FakeMlflow.start();
    private Models models;

    @BeforeEach
    void registerThreeVersions() {
        MlflowClient.Builder builder = MlflowClient.builder().trackingUri(fake.uri());
        builder.platform(p -> PlatformHooks.of(p).clock(clock).sleeper(clock::sleep));
        models = builder.build().models();
        for (int i = 0; i < 3; i++) {
            models.register("m", r -> r.source(URI.create("s3://b/m"))).await(Duration.ofSeconds(5));
        }
        models.setAlias("m", "champion", "1");
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }

    @Test
    @Proves("mlflow.promote")
    void promote_claimLeftByADeadPromoter_isTakenAwayAfterTenSeconds() {
        for (String claim : new String[] {SMALL, GREAT}) {
            models.setAlias("m", "champion", "1");
            models.setTag("m", claim, "champion");
            Instant start = clock.instant();

            models.promote("m", "champion", "2", "1");

            assertThat(since(start)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(12));
            assertThat(models.get("m").aliases()).isEqualTo(Map.of("champion", "2"));
            assertThat(models.get("m").tags()).isEmpty();
        }
    }

    @Test
    @Proves("mlflow.promote")
    void promote_claimOfAnotherAlias_isNobodysConcern() {
        models.setTag("m", SMALL, "challenger");
        Instant start = clock.instant();

        models.promote("m", "champion", "2", "1");

        assertThat(since(start)).isLessThan(Duration.ofSeconds(1));
        assertThat(models.get("m").tags()).isEqualTo(Map.of(SMALL, "challenger"));
    }

    @Test
    @Proves("mlflow.promote")
    void promote_whileAnotherMoves_waitsAndLearnsWhoWon() {
        for (String claim : new String[] {SMALL, GREAT}) {
            models.setAlias("m", "champion", "1");
            models.setTag("m", claim, "champion");
            AtomicInteger pauses = new AtomicInteger();
            MlflowClient.Builder builder = MlflowClient.builder().trackingUri(fake.uri());
            // the other one moves the alias, and goes, while we pause
            builder.platform(p -> PlatformHooks.of(p).clock(clock).sleeper(pause -> {
                if (pauses.incrementAndGet() == 2) {
                    models.setAlias("m", "champion", "3");
                    models.deleteTag("m", claim);
                }
                clock.sleep(pause);
            }));

            assertThatThrownBy(() -> builder.build().models().promote("m", "champion", "2", "1"))
                    .isInstanceOf(PromotionLostException.class)
                    .satisfies(e ->
                            assertThat(((PromotionLostException) e).winner()).contains("3"));
            assertThat(models.get("m").aliases()).isEqualTo(Map.of("champion", "3"));
            assertThat(models.get("m").tags()).isEmpty();
        }
    }

    @Test
    @Proves("mlflow.promote")
    void promote_othersAllTheTime_endsWithTheDeadline_nothingMoved() {
        AtomicInteger count = new AtomicInteger();
        MlflowClient.Builder builder = MlflowClient.builder().trackingUri(fake.uri());
        builder.platform(p -> PlatformHooks.of(p).clock(clock).sleeper(pause -> {
            String fresh = SMALL.substring(0, SMALL.length() - 4) + String.format("%04d", count.incrementAndGet());
            models.setTag("m", fresh, "champion");
            clock.sleep(pause);
        }));
        models.setTag("m", SMALL, "champion");

        assertThatThrownBy(() -> builder.build().models().promote("m", "champion", "2", "1"))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("others held the alias champion of m all the time; nothing was moved");
        assertThat(models.get("m").aliases()).isEqualTo(Map.of("champion", "1"));
    }

    @Test
    void promote_interruptedWhileWaiting_takesItsClaimAway() {
        for (String claim : new String[] {SMALL, GREAT}) {
            models.setTag("m", claim, "champion");
            MlflowClient.Builder builder = MlflowClient.builder().trackingUri(fake.uri());
            builder.platform(p -> PlatformHooks.of(p).clock(clock).sleeper(pause -> {
                throw new InterruptedException();
            }));

            assertThatThrownBy(() -> builder.build().models().promote("m", "champion", "2", "1"))
                    .isInstanceOf(OperationInterruptedException.class)
                    .hasMessageContaining("nothing was moved");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(models.get("m").tags()).isEqualTo(Map.of(claim, "champion"));
            assertThat(models.get("m").aliases()).isEqualTo(Map.of("champion", "1"));
            models.deleteTag("m", claim);
        }
    }
}
