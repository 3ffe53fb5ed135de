package dev.fairlead.contract.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.CallListener;
import dev.fairlead.MlPlatform;
import dev.fairlead.config.Timeouts;
import dev.fairlead.error.PermissionException;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.KubeAccess.View;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All objects of a kind are followed by one watch, on the fake and on the real API server. */
abstract class KubeViewContract extends KubeSuite {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private MlPlatform counted;
    KubeAccess watching;

    /** Returns a kubeconfig of somebody who may do nothing, where there is one. */
    abstract Optional<Path> outsider();

    @BeforeEach
    void count() {
        counted = counting(Timeouts.DEFAULT);
        watching = PlatformSpi.of(counted).kube();
    }

    final MlPlatform counting(Timeouts timeouts) {
        return MlPlatform.builder()
                .kubeconfig(kubeconfig())
                .namespace(ns)
                .timeouts(t -> timeouts)
                .addCallListener(new CallListener() {
                    @Override
                    public void onAttempt(Attempt attempt) {
                        calls.add(attempt.operation());
                    }
                })
                .build();
    }

    @AfterEach
    void close() {
        counted.close();
    }

    private void put(String name, String x, String team) {
        kube.apply(
                Kind.CONFIG_MAP,
                Map.of("metadata", Map.of("name", name, "labels", Map.of("team", team)), "data", Map.of("x", x)),
                KubeAccess.Apply.DEFAULT);
    }

    /** Tells what happened in one word each. */
    private static View.Listener into(List<String> told) {
        return (before, now) -> {
            Map<String, Object> object = now == null ? before : now;
            String name = String.valueOf(at(object, "metadata").get("name"));
            String x = String.valueOf(at(object, "data").get("x"));
            if (name.startsWith("m")) { // the server puts one of its own into each namespace
                told.add((before == null ? "+" : now == null ? "-" : "~") + name + "=" + x);
            }
        };
    }

    static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    @Proves("core.kube.collection-watch")
    void view_heldByTwo_isOneWatchThatTellsEachChangeOnce() {
        put("m1", "1", "a");
        List<String> first = new CopyOnWriteArrayList<>();
        List<String> second = new CopyOnWriteArrayList<>();
        View one = watching.view(Kind.CONFIG_MAP, ns, null, into(first));
        eventually(() -> first.contains("+m1=1"));
        View two = watching.view(Kind.CONFIG_MAP, ns, null, into(second));
        assertThat(second).as("who comes later is told at once").containsExactly("+m1=1");

        put("m2", "1", "a");
        put("m1", "2", "b");
        eventually(() -> second.contains("~m1=2"));
        one.close();
        kube.delete(Kind.CONFIG_MAP, ns, "m2");
        eventually(() -> second.contains("-m2=1"));

        assertThat(first).containsExactly("+m1=1", "+m2=1", "~m1=2");
        assertThat(second).containsExactly("+m1=1", "+m2=1", "~m1=2", "-m2=1");
        assertThat(two.find(ns, "m2")).isEmpty();
        assertThat(two.labelled("team", "a")).isEmpty();
        assertThat(two.labelled("team", "b")).hasSize(1);
        assertThat(at(two.labelled("team", "b").get(0), "metadata").get("managedFields"))
                .isNull();
        two.close();
        watching.view(Kind.CONFIG_MAP, ns, null, into(first)).close();
        assertThat(calls).containsExactly("list configmaps", "watch configmaps");
    }

    @Test
    @Proves("core.kube.collection-watch")
    void view_byLabel_hasReachedWhatItWasTold() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (View view = watching.view(Kind.CONFIG_MAP, ns, "team=a", into(told))) {
            eventually(view::isListed);
            Map<String, Object> made = kube.apply(
                    Kind.CONFIG_MAP,
                    Map.of("metadata", Map.of("name", "m1", "labels", Map.of("team", "a")), "data", Map.of("x", "1")),
                    KubeAccess.Apply.DEFAULT);
            eventually(() -> view.hasReached(String.valueOf(revision(made))));
            assertThat(view.find(ns, "m1")).isPresent();
            put("m1", "2", "b");
            eventually(() -> told.size() == 2);
            assertThat(told.get(0)).isEqualTo("+m1=1");
            assertThat(told.get(1)).startsWith("-m1");
        }
    }

    /** Checks that nothing is lost or told twice over a time that the server forgot. */
    final void relists(KubeAccess access, Runnable forget) {
        List<String> told = new CopyOnWriteArrayList<>();
        put("m1", "1", "a");
        put("m2", "1", "a");
        try (View view = access.view(Kind.CONFIG_MAP, ns, null, into(told))) {
            eventually(() -> told.size() == 2);
            forget.run();
            put("m1", "2", "a");
            kube.delete(Kind.CONFIG_MAP, ns, "m2");
            put("m3", "1", "a");
            eventually(() -> told.size() == 5);
            eventually(() -> calls.stream().filter("list configmaps"::equals).count() >= 2);
            assertThat(view.trouble()).isEmpty();
        }
        assertThat(told).containsExactlyInAnyOrder("+m1=1", "+m2=1", "~m1=2", "-m2=1", "+m3=1");
    }

    @Test
    void view_ofSomebodyWhoMayNot_hasThatTrouble() {
        if (outsider().isEmpty()) {
            return;
        }
        try (MlPlatform other =
                        MlPlatform.builder().kubeconfig(outsider().get()).build();
                View view = PlatformSpi.of(other)
                        .kube()
                        .view(Kind.CONFIG_MAP, ns, null, into(new CopyOnWriteArrayList<>()))) {
            eventually(() -> view.trouble().isPresent());
            assertThat(view.trouble().orElseThrow()).isInstanceOf(PermissionException.class);
        }
    }
}
