package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.seldon.DeploymentEvent;
import dev.fairlead.seldon.DeploymentState;
import dev.fairlead.seldon.DeploymentWatch;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.RolloutFailedException;
import dev.fairlead.seldon.RolloutFailure;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.KubeNode;
import dev.fairlead.testing.server.RealServers;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to a rollout besides its end: it is cancelled, its program dies, it is watched by others, its deployment is deleted. */
@RanOn("seldon core 1.17.1")
class RealRolloutLifeIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String NAMESPACE = "seldon-life";

    private static KubeCluster cluster;
    private static MlPlatform platform;
    private static SeldonClient seldon;
    private static KubeAccess kube;

    @BeforeAll
    static void start() {
        RealServers.startInBackground(RealServers.Kind.SELDON);
        RealServers.seldon();
        cluster = RealServers.kubernetes();
        cluster.apply(
                "/api/v1/namespaces/" + NAMESPACE,
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + NAMESPACE + "\"}}");
        platform = MlPlatform.builder()
                .kubeconfig(cluster.kubeconfig())
                .namespace(NAMESPACE)
                .build();
        seldon = SeldonClient.create(platform);
        kube = PlatformSpi.of(platform).kube();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static SeldonDeployment deployment(String name, String model, String fault) {
        PredictorSpec.Builder predictor = PredictorSpec.builder()
                .name("main")
                .server(ServerImplementation.MLFLOW)
                .modelUri("s3://models/" + model);
        if (!fault.isEmpty()) {
            predictor.putAnnotation(KubeCluster.FAULT, fault);
        }
        return SeldonDeployment.builder(name)
                .protocol(ServingProtocol.V2)
                .addPredictor(predictor)
                .build();
    }

    private static RolloutFailedException failure(CompletableFuture<SeldonDeploymentStatus> end) {
        CompletionException failed = catchThrowableOfType(CompletionException.class, end::join);
        assertThat(failed).hasCauseInstanceOf(RolloutFailedException.class);
        return (RolloutFailedException) failed.getCause();
    }

    @Test
    @Proves("seldon.cancel")
    void cancel_ofADeploy_takesBackExactlyWhatItDid() throws Exception {
        Operation<SeldonDeploymentStatus> running = seldon.deployments().deploy(deployment("known", "1", ""));
        Operation<SeldonDeploymentStatus> made = seldon.deployments().deploy(deployment("made", "1", "NeverReady"));
        Operation<SeldonDeploymentStatus> theirs = seldon.deployments().deploy(deployment("theirs", "1", "NeverReady"));
        CompletableFuture<SeldonDeploymentStatus> end = made.completion(LIMIT);
        made.cancel();
        assertThat(failure(end).failure().kind()).isEqualTo(RolloutFailure.Kind.CANCELLED);
        assertThat(failure(end))
                .hasMessage(
                        "seldon rollout of seldon-life/made failed: it was cancelled: the deployment it made is deleted");
        assertThat(seldon.deployments().find("made")).isEmpty();

        running.await(LIMIT);
        List<String> pods = pods("known");
        SeldonDeployment before = seldon.deployments().get("known");
        Operation<SeldonDeploymentStatus> broken = seldon.deployments().deploy(deployment("known", "2", "NeverReady"));
        CountDownLatch takenUp = new CountDownLatch(1);
        broken.onProgress(p -> {
            if (p.detail().contains("older pods still to end")) {
                takenUp.countDown();
            }
        });
        CompletableFuture<SeldonDeploymentStatus> waiting = broken.completion(LIMIT);
        assertThat(takenUp.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        broken.cancel();
        assertThat(failure(waiting).failure().kind()).isEqualTo(RolloutFailure.Kind.CANCELLED);
        assertThatThrownBy(() -> broken.await(LIMIT))
                .isInstanceOf(RolloutFailedException.class)
                .hasMessageContaining("it was cancelled: the specification before it is back");
        assertThat(seldon.deployments().get("known")).isEqualTo(before);
        assertThat(seldon.deployments().follow("known").await(LIMIT).state()).isEqualTo(DeploymentState.AVAILABLE);
        assertThat(pods("known")).as("the pods that ran before run on").containsExactlyElementsOf(pods);
        seldon.deployments()
                .deploy(deployment("known", "1", ""))
                .cancel(); // nothing was changed, nothing is taken back
        assertThat(seldon.deployments().get("known")).isEqualTo(before);

        seldon.deployments().deploy(deployment("theirs", "3", ""));
        assertThatThrownBy(theirs::cancel)
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("its specification was changed after this change")
                .hasMessageContaining("nothing was changed");
        Operation<SeldonDeploymentStatus> attached = seldon.operation(theirs.id());
        assertThatThrownBy(attached::cancel)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("what was before it is not known here");
        assertThat(seldon.deployments()
                        .get("theirs")
                        .predictors()
                        .get(0)
                        .graph()
                        .modelUri())
                .as("what the others made of it stands")
                .hasToString("Optional[s3://models/3]");
        List.of("known", "theirs").forEach(name -> seldon.deployments().delete(name));
    }

    @Test
    @Proves("seldon.operator-repairs")
    void follow_ofADeploymentWhoseOperatorLooksForADeletedService_helpsIt() {
        seldon.deployments().deploy(deployment("helped", "1", "")).await(LIMIT);
        kube.mergePatch(
                SeldonContract.KIND,
                NAMESPACE,
                "helped",
                Map.of("status", Map.of("serviceStatus", Map.of("helped-gone", Map.of("svcName", "helped-gone")))),
                "status");
        assertThat(kube.watch(
                        SeldonContract.KIND,
                        NAMESPACE,
                        "helped",
                        object -> "Service \"helped-gone\" not found"
                                .equals(SeldonContract.<Map<String, Object>>at(object, "status")
                                        .get("description")),
                        Deadline.after(Clock.systemUTC(), LIMIT)))
                .as("the operator says Failed for ever")
                .isTrue();

        assertThat(seldon.deployments().follow("helped").await(LIMIT).state()).isEqualTo(DeploymentState.AVAILABLE);
        seldon.deployments().delete("helped");
    }

    /** The pods of the specification that is there, which are not on their way out. */
    private static List<String> pods(String deployment) {
        return kube.list(KubeAccess.Kind.POD, NAMESPACE, "seldon-deployment-id=" + deployment).stream()
                .map(pod -> SeldonContract.<Map<String, Object>>at(pod, "metadata"))
                .filter(metadata -> !metadata.containsKey("deletionTimestamp"))
                .map(metadata -> String.valueOf(metadata.get("name")))
                .toList();
    }

    @Test
    @Proves("seldon.reattach")
    void operation_whoseProgramWasKilled_isAwaitedByAnother() throws Exception {
        List<String> ids = new ArrayList<>();
        Process child = program("never", "late");
        BufferedReader lines = child.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null && !line.startsWith("progress"); line = lines.readLine()) {
            if (line.startsWith("id ")) {
                ids.add(line.substring(3));
            }
        }
        child.destroyForcibly().waitFor();
        assertThat(ids).containsExactly(NAMESPACE + "/never", NAMESPACE + "/late");

        CompletableFuture<SeldonDeploymentStatus> never =
                seldon.operation(ids.get(0)).completion(LIMIT);
        CompletableFuture<SeldonDeploymentStatus> late =
                seldon.operation(ids.get(1)).completion(LIMIT);
        cluster.addNode(KubeNode.named("late-1"));
        assertThat(late.join().state()).isEqualTo(DeploymentState.AVAILABLE);
        assertThat(failure(never).failure().kind()).isEqualTo(RolloutFailure.Kind.STALLED);
        List.of("never", "late").forEach(name -> seldon.deployments().delete(name, LIMIT));
        cluster.delete("/api/v1/nodes/late-1");
    }

    private static Process program(String... names) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                DeployAndWait.class.getName(),
                cluster.kubeconfig().toString(),
                NAMESPACE));
        command.addAll(List.of(names));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    @Proves({"seldon.watch", "seldon.delete-time-limit"})
    void watch_ofADeploymentFromItsBirthToItsEnd_tellsEachStateOnceThroughACrashOfTheApiServer() {
        try (DeploymentWatch watch = seldon.deployments().watch()) {
            List<DeploymentEvent> events = new ArrayList<>();
            seldon.deployments().deploy(deployment("seen", "1", ""));
            until(watch, events, e -> e.status().state().equals(DeploymentState.AVAILABLE));
            cluster.restartApiServer();
            hold("seen", List.of("example.com/hold"));
            assertThatThrownBy(() -> seldon.deployments().delete("seen", Duration.ofSeconds(2)))
                    .isInstanceOf(OperationTimeoutException.class)
                    .hasMessageContaining("seldon deployment seldon-life/seen was not gone after 2s: held by finalizer"
                            + " example.com/hold on SeldonDeployment seen")
                    .hasMessageContaining("remove it from metadata.finalizers");
            hold("seen", List.of());
            until(watch, events, e -> e.type() == DeploymentEvent.Type.DELETED);
            assertThat(seldon.deployments().delete("seen", LIMIT)).isFalse();
            assertThat(watch.next(Duration.ofMillis(200))).isEmpty();

            assertThat(events.get(0).type()).isEqualTo(DeploymentEvent.Type.ADDED);
            assertThat(events.subList(1, events.size() - 1))
                    .allMatch(e -> e.type() == DeploymentEvent.Type.CHANGED)
                    .doesNotHaveDuplicates();
            assertThat(events.get(0).deployment().predictors().get(0).graph().modelUri())
                    .hasToString("Optional[s3://models/1]");
        }
        seldon.deployments().deploy(deployment("gone", "1", "")).await(LIMIT);
        assertThat(seldon.deployments().delete("gone", LIMIT)).isTrue();
        assertThat(kube.list(KubeAccess.Kind.DEPLOYMENT, NAMESPACE, "seldon-deployment-id=gone").stream())
                .as("nothing is left of it")
                .isEmpty();
    }

    private static void hold(String name, List<String> finalizers) {
        Map<String, Object> patch = new LinkedHashMap<>(Map.of("metadata", Map.of("finalizers", finalizers)));
        kube.mergePatch(SeldonContract.KIND, NAMESPACE, name, patch, "");
    }

    private static void until(DeploymentWatch watch, List<DeploymentEvent> events, Predicate<DeploymentEvent> last) {
        while (events.isEmpty() || !last.test(events.get(events.size() - 1))) {
            Optional<DeploymentEvent> next = watch.next(LIMIT);
            assertThat(next).as("after %s", events).isPresent();
            next.filter(e -> e.deployment().name().equals("seen")).ifPresent(events::add);
        }
    }
}
