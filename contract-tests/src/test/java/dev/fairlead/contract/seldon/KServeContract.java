package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.MlPlatform;
import dev.fairlead.ModelSource;
import dev.fairlead.Operation;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.seldon.PayloadLogger;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.kserve.Batcher;
import dev.fairlead.seldon.kserve.DeploymentMode;
import dev.fairlead.seldon.kserve.InferenceService;
import dev.fairlead.seldon.kserve.InferenceServiceFailedException;
import dev.fairlead.seldon.kserve.InferenceServiceStatus;
import dev.fairlead.seldon.kserve.KServeClient;
import dev.fairlead.seldon.kserve.LoadFailure;
import dev.fairlead.seldon.kserve.ModelFormat;
import dev.fairlead.seldon.kserve.ScaleMetric;
import dev.fairlead.seldon.kserve.TransitionStatus;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Inference services on an API server that knows KServe's kind. KServe itself is played: what its controller writes is written here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KServeContract {
    static final KubeAccess.Kind KIND =
            new KubeAccess.Kind("serving.kserve.io", "v1beta1", "inferenceservices", "InferenceService", true);
    private static final String NAMESPACE = "kserve-contract";
    private static final String STAMP = "fairlead.dev/component-spec";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private MlPlatform platform;
    private KubeAccess kube;
    private KServeClient kserve;

    /** Connects to the API server, whose kind is there, and makes the namespace. */
    abstract MlPlatform open(String namespace);

    /** Lets the pods of a Deployment run, where no controller does. */
    abstract void run(KubeAccess kube, String namespace, String deployment);

    /** Ends what was opened. */
    void close() {}

    @BeforeAll
    void start() {
        platform = open(NAMESPACE);
        kube = PlatformSpi.of(platform).kube();
        kserve = KServeClient.create(platform);
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            kserve.services().list().forEach(s -> kserve.services().delete(s.name()));
            kube.list(KubeAccess.Kind.DEPLOYMENT, NAMESPACE, null)
                    .forEach(d -> kube.delete(
                            KubeAccess.Kind.DEPLOYMENT, NAMESPACE, SeldonContract.at(d, "metadata", "name")));
            platform.close();
        }
        close();
    }

    private static InferenceService minimal(String name) {
        return InferenceService.builder(name)
                .predictor(p -> p.format(ModelFormat.SKLEARN).storageUri("s3://models/iris"))
                .build();
    }

    private static InferenceService full(String name) {
        return InferenceService.builder(name)
                .namespace(NAMESPACE)
                .putLabel("team", "air")
                .putAnnotation("why", "because")
                .deploymentMode(DeploymentMode.KNATIVE)
                .predictor(p -> p.format(ModelFormat.HUGGINGFACE.inVersion("1"))
                        .protocol(ServingProtocol.V2)
                        .runtime("kserve-huggingfaceserver")
                        .model(ModelSource.builder()
                                .storageUri(URI.create("s3://models/flights/3"))
                                .name("flights")
                                .version("3")
                                .runId("abc")
                                .build())
                        .minReplicas(0)
                        .maxReplicas(4)
                        .scaleOn(ScaleMetric.RPS, 50)
                        .canaryTrafficPercent(10)
                        .containerConcurrency(8)
                        .timeout(Duration.ofSeconds(30))
                        .logger(PayloadLogger.all().to("http://sink"))
                        .batcher(Batcher.of(16, Duration.ofMillis(50)))
                        .putAnnotation("autoscaling.knative.dev/target-burst-capacity", "0")
                        .resources(r -> r.cpu("2").memory("8Gi"))
                        .gpu(Gpu.nvidia(1))
                        .pod(pod -> pod.putEnv("A", "b")
                                .putSecretEnv("TOKEN", SecretRef.of("hf", "token"))
                                .args("--model_name=flights")
                                .sharedMemory("1Gi")
                                .serviceAccount("reader")
                                .putNodeSelector("zone", "a")
                                .runtimeClass("nvidia")
                                .container("side", c -> c.image("registry/side:1")))
                        .putAdditionalField("deploymentStrategy", Map.of("type", "Recreate")))
                .transformer(t -> t.replicas(2)
                        .pod(pod -> pod.image("registry/transformer:1")
                                .args("--predictor_protocol", "v2")
                                .field(
                                        "ports",
                                        List.of(Map.of("name", "h2c", "containerPort", 9000, "protocol", "TCP")))))
                .explainer(e -> e.minReplicas(1)
                        .pod(pod -> pod.image("registry/explainer:1"))
                        .logger(PayloadLogger.responses()))
                .build();
    }

    @Test
    @Proves("seldon.kserve.values")
    void deploy_minimalAndFull_readBackAsSent() {
        for (InferenceService sent : List.of(minimal("minimal").with(b -> b.namespace(NAMESPACE)), full("full"))) {
            assertThat(sent.problems()).isEmpty();
            assertThat(InferenceService.fromTree(sent.toTree())).isEqualTo(sent);

            assertThat(kserve.services().dryRun(sent)).isEqualTo(sent);
            assertThat(kserve.services().find(sent.name())).isEmpty();

            Operation<InferenceServiceStatus> deploying = kserve.services().deploy(sent);

            assertThat(deploying.id()).isEqualTo(NAMESPACE + "/" + sent.name());
            assertThat(kserve.services().get(sent.name()).toTree()).isEqualTo(sent.toTree());
            assertThat(kserve.services().get(sent.name())).isEqualTo(sent);
            Object before = generation(sent.name());
            kserve.services().deploy(sent);
            assertThat(generation(sent.name())).isEqualTo(before);
            assertThat(kserve.services().plan(sent).isEmpty()).isTrue();
            assertThat(kserve.services()
                            .plan(sent.with(b -> b.putAnnotation("team", "flights")))
                            .changes())
                    .extracting(Object::toString)
                    .anyMatch("+ .metadata.annotations.team: flights"::equals)
                    .allMatch(change -> change.contains(".annotations."), "what is asked for, and the mark");
        }
        assertThat(kserve.services().list().stream().map(InferenceService::name))
                .contains("full", "minimal");
        assertThat(kserve.services().delete("full")).isTrue();
        assertThat(kserve.services().delete("full")).isFalse();
        assertThatThrownBy(() -> kserve.services().get("full"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("inferenceservices.serving.kserve.io \"full\" not found");
    }

    private Object generation(String name) {
        return SeldonContract.at(kube.get(KIND, NAMESPACE, name), "metadata", "generation");
    }

    @Test
    @Proves("seldon.kserve.wait")
    void deploy_thenChanged_endsWithTheSpecificationThatWasDeployed() {
        Operation<InferenceServiceStatus> first = kserve.services().deploy(minimal("iris"));
        assertThat(timedOut(first)).contains("KServe has not taken up the specification yet");
        makePods("iris");
        report("iris", ready());

        InferenceServiceStatus status = first.await(LIMIT);
        assertThat(status.isReady()).isTrue();
        assertThat(status.url()).contains(URI.create("http://iris.kserve-contract.example.com"));
        assertThat(status.transition()).isEqualTo(TransitionStatus.UP_TO_DATE);

        // KServe says Ready and up to date still, of the specification before
        Operation<InferenceServiceStatus> second = kserve.services()
                .deploy(minimal("iris")
                        .with(b ->
                                b.predictor(p -> p.format(ModelFormat.SKLEARN).storageUri("s3://models/next"))));
        assertThat(timedOut(second)).contains("KServe has not taken up the specification yet");
        makePods("iris");
        report("iris", failing());

        InferenceServiceFailedException failed =
                catchThrowableOfType(InferenceServiceFailedException.class, () -> second.await(LIMIT));
        assertThat(failed)
                .hasMessage(
                        "kserve rollout of kserve-contract/iris failed: ModelLoadFailed in iris-predictor-1, exit code 1: no"
                                + " such key; look whether the storageUri is right and its credentials are those of the service account");
        assertThat(failed.failure())
                .isEqualTo(new LoadFailure("ModelLoadFailed", "no such key", "iris-predictor-1", 1));

        report("iris", ready());
        assertThat(kserve.operation(second.id()).await(LIMIT).lastFailure()).isPresent();
        assertThat(kserve.services().follow("iris").await(LIMIT).isReady()).isTrue();
    }

    private static String timedOut(Operation<InferenceServiceStatus> operation) {
        return String.valueOf(
                catchThrowableOfType(OperationTimeoutException.class, () -> operation.await(Duration.ofMillis(600)))
                        .getMessage());
    }

    /** Makes the Deployment that KServe makes of a predictor, with the predictor's annotations on its pods. */
    private void makePods(String service) {
        String stamp = SeldonContract.at(kube.get(KIND, NAMESPACE, service), "spec", "predictor", "annotations", STAMP);
        String name = service + "-predictor";
        Map<String, Object> labels =
                Map.of("app", "isvc." + name, "component", "predictor", "serving.kserve.io/inferenceservice", service);
        Map<String, Object> template = Map.of(
                "metadata", Map.of("labels", labels, "annotations", Map.of(STAMP, stamp)),
                "spec",
                        Map.of(
                                "containers",
                                List.of(Map.of("name", "kserve-container", "image", "registry/sklearn:1"))));
        Map<String, Object> deployment = new LinkedHashMap<>();
        deployment.put("apiVersion", "apps/v1");
        deployment.put("kind", "Deployment");
        deployment.put("metadata", Map.of("name", name, "namespace", NAMESPACE, "labels", labels));
        deployment.put(
                "spec",
                Map.of(
                        "replicas",
                        1,
                        "selector",
                        Map.of("matchLabels", Map.of("app", "isvc." + name)),
                        "template",
                        template));
        kube.apply(KubeAccess.Kind.DEPLOYMENT, deployment, new KubeAccess.Apply("kserve", true, false));
        run(kube, NAMESPACE, name);
    }

    private void report(String service, Map<String, Object> status) {
        kube.mergePatch(KIND, NAMESPACE, service, Map.of("status", status), "status");
    }

    private static Map<String, Object> ready() {
        return Map.of(
                "url",
                "http://iris.kserve-contract.example.com",
                "deploymentMode",
                "Standard",
                "observedGeneration",
                1,
                "conditions",
                List.of(condition("IngressReady"), condition("PredictorReady"), condition("Ready")),
                "modelStatus",
                Map.of(
                        "transitionStatus",
                        "UpToDate",
                        "copies",
                        Map.of("failedCopies", 0, "totalCopies", 1),
                        "states",
                        Map.of("activeModelState", "Loaded", "targetModelState", "Loaded")));
    }

    private static Map<String, Object> condition(String type) {
        return Map.of("type", type, "status", "True", "lastTransitionTime", "2026-11-24T00:00:00Z");
    }

    private static Map<String, Object> failing() {
        return Map.of(
                "modelStatus",
                Map.of(
                        "transitionStatus",
                        "BlockedByFailedLoad",
                        "lastFailureInfo",
                        Map.of(
                                "reason",
                                "ModelLoadFailed",
                                "message",
                                "no such key",
                                "location",
                                "iris-predictor-1",
                                "exitCode",
                                1),
                        "states",
                        Map.of("activeModelState", "Loaded", "targetModelState", "FailedToLoad")));
    }
}
