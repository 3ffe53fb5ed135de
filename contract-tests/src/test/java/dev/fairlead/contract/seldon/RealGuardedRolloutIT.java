package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.seldon.RolloutReturnedException;
import dev.fairlead.seldon.RolloutSpec;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.PrometheusServer;
import dev.fairlead.testing.server.RealServers;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guarded rollouts on the real operator, judged by a real Prometheus, and killed in the middle: one place in every build, each one with
 * {@code -Dfairlead.campaign=full}. The requests are told, not made, for no orchestrator runs here.
 */
@RanOn("seldon core 1.17.1, prometheus 2.42.0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealGuardedRolloutIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String NAMESPACE = "seldon-guarded";
    private static final KubeAccess.Kind ROUTE =
            new KubeAccess.Kind("networking.istio.io", "v1alpha3", "virtualservices", "VirtualService", true);

    private ExecutorMetrics metrics;
    private PrometheusServer prometheus;
    private MlPlatform platform;
    private SeldonClient seldon;

    @BeforeAll
    void start() {
        RealSeldonContractIT.place(NAMESPACE).close();
        PrometheusServer.missing().ifPresent(Assumptions::abort);
        metrics = new ExecutorMetrics();
        prometheus = PrometheusServer.builder().scrape(metrics.uri()).start();
        platform = RolloutDriver.connect(
                RealServers.kubernetes().kubeconfig(),
                NAMESPACE,
                prometheus.uri().toString());
        seldon = SeldonClient.create(platform);
    }

    @AfterAll
    void stop() {
        Stream.of(platform, prometheus, metrics).filter(open -> open != null).forEach(open -> {
            try {
                open.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    static Stream<String> places() {
        return "full".equals(System.getProperty("fairlead.campaign"))
                ? Stream.of("id", "shifting 10 percent", "shifting 50 percent", "shifting 100 percent", "promoted")
                : Stream.of("shifting 50 percent");
    }

    private CompletableFuture<SeldonDeploymentStatus> deploy(String name) {
        metrics.serve(name, "main", 0, 0);
        return seldon.deployments()
                .deploy(SeldonDeployment.builder(name)
                        .protocol(ServingProtocol.V2)
                        .addPredictor(RolloutContract.predictor("main"))
                        .build())
                .completion(LIMIT);
    }

    private Map<String, Integer> traffic(String name) {
        Map<String, Integer> traffic = new TreeMap<>();
        seldon.deployments()
                .get(name)
                .predictors()
                .forEach(p -> traffic.put(p.name(), p.traffic().orElse(-1)));
        return traffic;
    }

    private List<String> made(String name) {
        return kube().list(KubeAccess.Kind.DEPLOYMENT, NAMESPACE, "seldon-deployment-id=" + name).stream()
                .map(d -> SeldonContract.<String>at(d, "metadata", "name"))
                .toList();
    }

    /** Waits until Istio would route so. */
    private boolean routes(String name, Integer... shares) {
        return kube().watch(
                        ROUTE,
                        NAMESPACE,
                        name,
                        route -> route != null && List.of(shares).equals(weights(route)),
                        Deadline.after(Clock.systemUTC(), Duration.ofSeconds(20)));
    }

    private static List<Object> weights(Map<String, Object> route) {
        List<Map<String, Object>> shares = SeldonContract.at(route, "spec", "http", "0", "route");
        return shares.stream().map(share -> share.getOrDefault("weight", 0)).toList(); // a weight of 0 is left out
    }

    private KubeAccess kube() {
        return PlatformSpi.of(platform).kube();
    }

    private static RolloutReturnedException returned(CompletableFuture<SeldonDeploymentStatus> rollout) {
        return (RolloutReturnedException)
                catchThrowableOfType(CompletionException.class, rollout::join).getCause();
    }

    @Test
    @Proves({"seldon.guarded-rollout", "seldon.guarded-rollout-return"})
    void rollout_errorsOrSlownessInjected_returnsWithinTwoSteps() {
        CompletableFuture.allOf(deploy("faulty"), deploy("slow")).join();
        metrics.serve("faulty", "next", 20, 0);
        metrics.serve("slow", "next", 0, 50);

        CompletableFuture<SeldonDeploymentStatus> faulty = seldon.deployments()
                .rollout(RolloutDriver.spec("faulty").build())
                .completion(LIMIT);
        CompletableFuture<SeldonDeploymentStatus> slow =
                seldon.deployments().rollout(RolloutDriver.spec("slow").build()).completion(LIMIT);

        RolloutReturnedException errors = returned(faulty);
        assertThat(errors.reason()).isEqualTo("error rate: 0.2000, at most 0.05000");
        assertThat(errors.percent()).isLessThanOrEqualTo(50);
        assertThat(returned(slow).reason()).startsWith("latency of 0.9: 0.").endsWith(", at most 0.3000");
        for (String name : List.of("faulty", "slow")) {
            assertThat(traffic(name)).isEqualTo(Map.of("main", 100));
            assertThat(made(name)).singleElement().asString().startsWith(name + "-main");
            assertThat(routes(name, 100)).isTrue();
        }
    }

    @Test
    @Proves({"seldon.guarded-rollout", "seldon.operator-repairs"})
    void rollout_thePredictorsFollowEachOtherAtOnce_eachIsPromoted() {
        List<String> names = List.of("again-1", "again-2", "again-3");
        CompletableFuture.allOf(names.stream().map(this::deploy).toArray(CompletableFuture[]::new))
                .join();

        CompletableFuture<?>[] thrice = names.stream()
                .map(name -> CompletableFuture.completedFuture(name)
                        .thenCompose(n -> promoted(n, "second"))
                        .thenCompose(done -> promoted(name, "third"))
                        .thenCompose(done -> promoted(name, "fourth")))
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(thrice).join();
        for (String name : names) {
            assertThat(traffic(name)).isEqualTo(Map.of("fourth", 100));
            assertThat(made(name)).singleElement().asString().startsWith(name + "-fourth");
            seldon.deployments().delete(name);
        }
    }

    private CompletableFuture<SeldonDeploymentStatus> promoted(String name, String candidate) {
        return seldon.deployments()
                .rollout(RolloutSpec.builder(name)
                        .candidate(RolloutContract.predictor(candidate).build())
                        .steps(50, 100)
                        .stepFor(Duration.ofMillis(500))
                        .checkEvery(Duration.ofMillis(200))
                        .build())
                .completion(LIMIT);
    }

    @ParameterizedTest(name = "killed at: {0}")
    @MethodSource("places")
    @Proves({"seldon.guarded-rollout", "seldon.guarded-rollout-resume"})
    void rollout_itsProcessKilled_anotherGoesOnOrGivesBack(String place) throws Exception {
        CompletableFuture.allOf(deploy("goes-on"), deploy("gives-back")).join();
        metrics.serve("goes-on", "next", 0, 0);
        metrics.serve("gives-back", "next", 0, 0);
        Process one = driver("goes-on");
        Process two = driver("gives-back");
        String first = killedAt(place, one);
        String second = killedAt(place, two);
        if (place.startsWith("shifting")) {
            int percent = Integer.parseInt(place.replaceAll("\\D", ""));
            assertThat(traffic("goes-on")).isEqualTo(Map.of("main", 100 - percent, "next", percent));
            assertThat(routes("goes-on", 100 - percent, percent)).isTrue();
            assertThat(seldon.deployments().unfinishedRollouts())
                    .extracting(Operation::id)
                    .contains(first);
        }
        metrics.serve("gives-back", "next", 20, 0);

        CompletableFuture<SeldonDeploymentStatus> good = seldon.operation(first).completion(LIMIT);
        CompletableFuture<SeldonDeploymentStatus> bad = seldon.operation(second).completion(LIMIT);

        good.join();
        assertThat(traffic("goes-on")).isEqualTo(Map.of("next", 100));
        assertThat(made("goes-on")).singleElement().asString().startsWith("goes-on-next");
        if (!place.equals("promoted")) {
            assertThat(returned(bad).reason()).startsWith("error rate: 0.");
            assertThat(traffic("gives-back")).isEqualTo(Map.of("main", 100));
            assertThat(made("gives-back")).singleElement().asString().startsWith("gives-back-main");
        }
        assertThat(seldon.deployments().unfinishedRollouts()).isEmpty();
        Stream.of("goes-on", "gives-back").forEach(seldon.deployments()::delete);
    }

    private Process driver(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                        RolloutDriver.class.getName(),
                        RealServers.kubernetes().kubeconfig().toString(),
                        NAMESPACE,
                        prometheus.uri().toString(),
                        name)
                .redirectErrorStream(true)
                .start();
    }

    /** Kills the process where it tells to be at a place; returns the id of its rollout. */
    private static String killedAt(String place, Process driver) throws Exception {
        StringBuilder seen = new StringBuilder();
        String id = "";
        BufferedReader lines = driver.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.append(line).append('\n');
            id = line.startsWith("id ") ? line.substring(3) : id;
            if (line.startsWith(place)) {
                driver.destroyForcibly().waitFor();
                return id;
            }
        }
        throw new AssertionError("never at " + place + ":\n" + seen);
    }
}
