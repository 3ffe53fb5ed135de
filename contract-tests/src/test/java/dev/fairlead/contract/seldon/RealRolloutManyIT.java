package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.CallListener;
import dev.fairlead.MlPlatform;
import dev.fairlead.seldon.DeploymentState;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.RolloutFailedException;
import dev.fairlead.seldon.RolloutFailure;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.KubeNode;
import dev.fairlead.testing.server.RealServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many deployments are awaited by one client with one watch of each kind, through a crash of the API server. */
@RanOn("seldon core 1.17.1")
class RealRolloutManyIT {
    private static final boolean FULL = "full".equals(System.getProperty("fairlead.campaign"));
    private static final int MANY = FULL ? 500 : 20;
    private static final int BROKEN_EACH = 10;
    private static final Duration LIMIT = Duration.ofMinutes(FULL ? 15 : 2);
    private static final String NAMESPACE = "seldon-many";
    private static final List<String> KINDS = List.of("seldondeployments", "deployments", "replicasets", "pods");

    private static KubeCluster cluster;
    private static final List<String> NODES =
            FULL ? List.of("many-1", "many-2", "many-3", "many-4", "many-5") : List.of();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        RealServers.startInBackground(RealServers.Kind.SELDON);
        RealServers.seldon();
        cluster = RealServers.kubernetes();
        cluster.apply(
                "/api/v1/namespaces/" + NAMESPACE,
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + NAMESPACE + "\"}}");
        NODES.forEach(node -> cluster.addNode(KubeNode.named(node).resource("cpu", "500")));
    }

    @AfterAll
    static void removeNodes() {
        NODES.forEach(node -> cluster.delete("/api/v1/nodes/" + node));
    }

    private MlPlatform connect() {
        return MlPlatform.builder()
                .kubeconfig(cluster.kubeconfig())
                .namespace(NAMESPACE)
                .addCallListener(new CallListener() {
                    @Override
                    public void onAttempt(Attempt attempt) {
                        calls.add(attempt.operation());
                    }
                })
                .build();
    }

    private static boolean isBroken(int i) {
        return i % BROKEN_EACH == BROKEN_EACH - 1;
    }

    private static SeldonDeployment deployment(int i) {
        PredictorSpec.Builder predictor = PredictorSpec.builder()
                .name("main")
                .server(ServerImplementation.MLFLOW)
                .modelUri("s3://models/" + i);
        if (isBroken(i)) {
            predictor.putAnnotation(KubeCluster.FAULT, "ImagePullBackOff");
        }
        return SeldonDeployment.builder("many-" + i)
                .protocol(ServingProtocol.V2)
                .addPredictor(predictor)
                .build();
    }

    private Map<String, Long> counted() {
        return calls.stream().collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    @Test
    @Proves("seldon.await-many")
    void completion_ofManyThroughACrashOfTheApiServer_takesOneWatchOfEachKind() {
        try (MlPlatform platform = connect()) {
            SeldonClient seldon = SeldonClient.create(platform);
            List<CompletableFuture<SeldonDeploymentStatus>> ends = new CopyOnWriteArrayList<>();
            IntStream.range(0, MANY / 2)
                    .forEach(i ->
                            ends.add(seldon.deployments().deploy(deployment(i)).completion(LIMIT)));
            ends.get(0).join();
            Map<String, Long> before = counted();
            for (String kind : KINDS) {
                assertThat(before).as(kind).containsEntry("list " + kind, 1L).containsEntry("watch " + kind, 1L);
            }
            cluster.restartApiServer();
            IntStream.range(MANY / 2, MANY)
                    .forEach(i ->
                            ends.add(seldon.deployments().deploy(deployment(i)).completion(LIMIT)));
            long threads = Thread.getAllStackTraces().keySet().stream()
                    .filter(t -> t.getName().startsWith("fairlead-wait-")
                            || t.getName().startsWith("fairlead-watch-"))
                    .count();
            for (int i = 0; i < MANY; i++) {
                check(ends.get(i), i);
            }

            assertThat(threads).as("threads that wait").isLessThan(16);
            assertThat(calls)
                    .as("two calls each, and some of each kind for the crash: %s", counted())
                    .hasSizeLessThanOrEqualTo(2 * MANY + 10 * KINDS.size());
            assertThat(PlatformSpi.of(platform).kube().list(Kind.POD, NAMESPACE, null).stream()
                            .filter(RealRolloutManyIT::isReady))
                    .hasSize((int)
                            IntStream.range(0, MANY).filter(i -> !isBroken(i)).count());
            if (FULL) {
                System.out.println("rollouts awaited: " + MANY + ", calls " + counted());
            }
            IntStream.range(0, MANY).forEach(i -> seldon.deployments().delete("many-" + i));
        }
    }

    private static boolean isReady(Map<String, Object> pod) {
        return String.valueOf(pod.get("status")).contains("type=Ready")
                && String.valueOf(pod.get("status")).contains("phase=Running");
    }

    private static void check(CompletableFuture<SeldonDeploymentStatus> end, int i) {
        if (isBroken(i)) {
            CompletionException failed = catchThrowableOfType(CompletionException.class, end::join);
            assertThat(failed).as("many-" + i).hasCauseInstanceOf(RolloutFailedException.class);
            RolloutFailure failure = ((RolloutFailedException) failed.getCause()).failure();
            assertThat(failure.kind()).as("many-%d: %s", i, failure).isEqualTo(RolloutFailure.Kind.IMAGE);
        } else {
            assertThat(end.join().state()).as("many-" + i).isEqualTo(DeploymentState.AVAILABLE);
        }
    }
}
