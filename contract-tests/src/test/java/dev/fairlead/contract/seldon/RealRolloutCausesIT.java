package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.seldon.DeploymentState;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.RolloutFailedException;
import dev.fairlead.seldon.RolloutFailure.Kind;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The ways for a change to fail, all staged at once on deployments that ran well before. */
@RanOn("seldon core 1.17.1")
class RealRolloutCausesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final KubeAccess.Kind QUOTA = new KubeAccess.Kind("", "v1", "resourcequotas", "ResourceQuota", true);
    private static final String NAMESPACE = "seldon-causes";
    private static final String LOG = "copying stopped: no such bucket";

    private final Map<String, List<Operation.Progress>> progress = new ConcurrentHashMap<>();

    /**
     * Is one failure.
     *
     * @param change what breaks the predictor
     * @param kind what it is to be named
     * @param words what the message says
     */
    private record Stage(UnaryOperator<PredictorSpec.Builder> change, Kind kind, String... words) {}

    private static Stage fault(String fault, Kind kind, String... words) {
        return new Stage(p -> p.putAnnotation(KubeCluster.FAULT, fault), kind, words);
    }

    private static Map<String, Stage> stages() {
        Map<String, Stage> stages = new LinkedHashMap<>();
        stages.put("pull", fault("ImagePullBackOff", Kind.IMAGE, "ImagePullBackOff of image"));
        stages.put("image", fault("InvalidImageName", Kind.IMAGE, "InvalidImageName of image"));
        stages.put("absent", fault("ErrImageNeverPull", Kind.IMAGE, "ErrImageNeverPull of image"));
        stages.put("secret", fault("CreateContainerConfigError", Kind.CONFIGURATION, "CreateContainerConfigError"));
        stages.put(
                "model",
                fault("InitError", Kind.MODEL, "the model could not be fetched from s3://models/1", "\n" + LOG));
        stages.put("crash", fault("CrashLoopBackOff", Kind.CRASH, "the container ends again and again", "\n" + LOG));
        stages.put("memory", fault("OOMKilled", Kind.CRASH, "OOMKilled", "give it more memory"));
        stages.put("gpu", new Stage(p -> p.gpu(Gpu.nvidia(64)), Kind.NO_GPU, "Insufficient nvidia.com/gpu"));
        stages.put(
                "node",
                new Stage(
                        p -> p.pod(pod -> pod.putNodeSelector("moon", "base")),
                        Kind.UNSCHEDULABLE,
                        "no node takes the pod"));
        stages.put(
                "claim",
                new Stage(
                        p -> p.modelUri("pvc://none/model"),
                        Kind.CONFIGURATION,
                        "persistentvolumeclaim \"none\" not found",
                        "create the claim in namespace " + NAMESPACE));
        stages.put(
                "stall",
                new Stage(
                        p -> p.putAnnotation(KubeCluster.FAULT, "NeverReady").progressDeadline(Duration.ofSeconds(5)),
                        Kind.STALLED,
                        "a longer progressDeadline helps"));
        return stages;
    }

    private static PredictorSpec.Builder predictor() {
        return PredictorSpec.builder()
                .name("main")
                .server(ServerImplementation.MLFLOW)
                .modelUri("s3://models/1");
    }

    private static SeldonDeployment deployment(String name, PredictorSpec.Builder predictor) {
        return SeldonDeployment.builder(name)
                .protocol(ServingProtocol.V2)
                .addPredictor(predictor)
                .build();
    }

    /** Hears of a rollout from its start, as all others. */
    private CompletableFuture<SeldonDeploymentStatus> heard(String name, Operation<SeldonDeploymentStatus> rollout) {
        List<Operation.Progress> mine = progress.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>());
        return rollout.onProgress(mine::add).completion(LIMIT);
    }

    @Test
    @Proves({"seldon.rollout-cause", "seldon.rollout-truth"})
    void deploy_twelveChangesThatCannotRun_eachIsNamedWhileTheOperatorReportsNone() throws Exception {
        try (SeldonContract.Place place = RealSeldonContractIT.place(NAMESPACE);
                SeldonContract.Place small = RealSeldonContractIT.place("seldon-quota");
                MlPlatform platform = place.connect();
                MlPlatform tight = small.connect()) {
            Files.writeString(
                    RealServers.kubernetes().podLog(),
                    "2026-11-23T23:00:00.000000000Z stdout F " + LOG + "\n",
                    StandardOpenOption.APPEND);
            SeldonClient seldon = SeldonClient.create(platform);
            SeldonClient quoted = SeldonClient.create(tight);
            Map<String, Stage> stages = stages();
            List<Operation<SeldonDeploymentStatus>> before = stages.keySet().stream()
                    .map(name -> seldon.deployments().deploy(deployment(name, predictor())))
                    .toList();
            PredictorSpec.Builder never = predictor().putAnnotation(KubeCluster.FAULT, "NeverReady");
            CompletableFuture<SeldonDeploymentStatus> deleted =
                    seldon.deployments().deploy(deployment("deleted", never)).completion(LIMIT);
            quoted.deployments().deploy(deployment("quota", predictor())).await(LIMIT);
            before.forEach(rollout -> rollout.await(LIMIT));

            KubeAccess kube = PlatformSpi.of(platform).kube();
            onePodOnly(kube);
            Map<String, CompletableFuture<SeldonDeploymentStatus>> changes = new LinkedHashMap<>();
            stages.forEach((name, stage) -> changes.put(
                    name,
                    heard(
                            name,
                            seldon.deployments()
                                    .deploy(deployment(name, stage.change().apply(predictor()))))));
            CompletableFuture<SeldonDeploymentStatus> overQuota = heard(
                    "quota",
                    quoted.deployments().deploy(deployment("quota", predictor().putAnnotation("changed", "yes"))));
            seldon.deployments().delete("deleted");

            stages.forEach((name, stage) -> named(seldon, name, changes.get(name), stage));
            named(quoted, "quota", overQuota, new Stage(p -> p, Kind.QUOTA, "exceeded quota: one-pod"));
            assertThat(failure(deleted).failure().kind()).isEqualTo(Kind.DELETED);
            assertThat(progress.values().stream().flatMap(List::stream))
                    .as("until the operator has taken up the change it says that all is well")
                    .anyMatch(p -> p.state().equals("Available") && p.detail().contains("has not taken up"))
                    .noneMatch(p -> p.state().equals("Failed"));
            refused(seldon, kube);
            List.copyOf(stages.keySet()).forEach(name -> seldon.deployments().delete(name));
            seldon.deployments().delete("rejected");
            quoted.deployments().delete("quota");
        }
    }

    private static void onePodOnly(KubeAccess kube) {
        kube.apply(
                QUOTA,
                Map.of(
                        "metadata",
                        Map.of("name", "one-pod", "namespace", "seldon-quota"),
                        "spec",
                        Map.of("hard", Map.of("pods", "1"))),
                KubeAccess.Apply.DEFAULT);
    }

    private static RolloutFailedException failure(CompletableFuture<SeldonDeploymentStatus> change) {
        CompletionException failed = catchThrowableOfType(CompletionException.class, change::join);
        assertThat(failed).hasCauseInstanceOf(RolloutFailedException.class);
        return (RolloutFailedException) failed.getCause();
    }

    private void named(
            SeldonClient seldon, String name, CompletableFuture<SeldonDeploymentStatus> change, Stage stage) {
        RolloutFailedException failed = failure(change);
        SeldonDeploymentStatus status = seldon.deployments().status(name);

        assertThat(failed.failure().kind()).as("%s: %s", name, failed).isEqualTo(stage.kind());
        assertThat(failed).as(name).message().contains(stage.words());
        assertThat(failed.failure().predictor()).as(name).isEqualTo("main");
        assertThat(progress.get(name)).as("progress of " + name).isNotEmpty();
        assertThat(status.state()).as(name).isNotEqualTo(DeploymentState.FAILED);
        assertThat(status.description()).as("the operator itself names nothing").isEmpty();
    }

    private static void refused(SeldonClient seldon, KubeAccess kube) {
        SeldonDeployment unknown = deployment("refused", predictor().server(ServerImplementation.of("NO_SERVER")));
        assertThatThrownBy(() -> seldon.deployments().deploy(unknown))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("No entry in predictors map for NO_SERVER");

        Map<String, Object> rejected = deployment("rejected", predictor())
                .with(b -> b.namespace(NAMESPACE))
                .toTree();
        SeldonContract.<Map<String, Object>>at(rejected, "spec", "predictors", "0", "graph")
                .put("implementation", "TRITON_SERVER");
        SeldonContract.<Map<String, Object>>at(rejected, "spec").remove("protocol");
        kube.apply(SeldonContract.KIND, rejected, KubeAccess.Apply.DEFAULT);
        RolloutFailedException failed = catchThrowableOfType(
                RolloutFailedException.class,
                () -> seldon.deployments().follow("rejected").await(LIMIT));
        assertThat(failed.failure().kind()).isEqualTo(Kind.REJECTED);
        assertThat(failed).hasMessageContaining("image: Required value");
    }
}
