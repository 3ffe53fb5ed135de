package dev.fairlead.contract.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.config.Timeouts;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.KubeAccess.View;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.kube.FakeKube;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@RanOn("fake")
class FakeKubeViewContractTest extends KubeViewContract {
    private static FakeKube fake;

    @BeforeAll
    static void start() {
        fake = FakeKube.start();
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @Override
    Path kubeconfig() {
        return fake.kubeconfig();
    }

    @Override
    Optional<Path> outsider() {
        return Optional.empty();
    }

    @Test
    @Proves("core.kube.collection-watch")
    void view_serverForgotTheWatchsPlace_relistsAndTellsWhatChangedOnce() {
        // streams that break all the time are taken up from the last change of this kind
        try (MlPlatform impatient = counting(Timeouts.DEFAULT.withIdle(Duration.ofMillis(200)))) {
            relists(PlatformSpi.of(impatient).kube(), () -> {
                fake.store().upsert(Kind.NODE, Map.of("metadata", Map.of("name", "node-1")));
                fake.store().forgetHistory();
            });
        }
    }

    private static boolean watches() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(t -> t.getName().equals("fairlead-watch-configmaps"));
    }

    @Test
    @Proves("core.kube.collection-watch")
    void view_brokenAndUnavailable_goesOn() {
        List<Map<String, Object>> told = new CopyOnWriteArrayList<>();
        fake.dropNextReply("watch configmaps");
        fake.failNext("watch configmaps", 503, 1);
        try (View view = kube.view(Kind.CONFIG_MAP, ns, null, (before, now) -> told.add(now))) {
            eventually(() -> view.trouble().isPresent());
            assertThat(view.trouble().orElseThrow().retryable()).isTrue();
            kube.create(Kind.CONFIG_MAP, configMap("m1", Map.of("x", "1")));
            eventually(() -> told.size() == 1);
            assertThat(view.trouble()).isEmpty();
        }
        assertThat(watches()).as("it outlives its last holder").isTrue();
        eventually(() -> !watches());
    }

    @Test
    void close_ofThePlatform_endsItsWatches() {
        kube.view(Kind.CONFIG_MAP, ns, null, (before, now) -> {});
        eventually(FakeKubeViewContractTest::watches);
        platform.close();
        eventually(() -> !watches());
        platform = MlPlatform.builder().kubeconfig(kubeconfig()).build();
        kube = PlatformSpi.of(platform).kube();
    }
}
