package dev.fairlead.contract.seldon;

import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.seldon.EndpointType;
import dev.fairlead.seldon.EnvVariable;
import dev.fairlead.seldon.Explainer;
import dev.fairlead.seldon.ExplainerType;
import dev.fairlead.seldon.GraphNode;
import dev.fairlead.seldon.HpaSpec;
import dev.fairlead.seldon.KedaSpec;
import dev.fairlead.seldon.KedaTrigger;
import dev.fairlead.seldon.NodeEndpoint;
import dev.fairlead.seldon.NodeMethod;
import dev.fairlead.seldon.NodeParameter;
import dev.fairlead.seldon.NodeType;
import dev.fairlead.seldon.PayloadLogger;
import dev.fairlead.seldon.PdbSpec;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.ScalingMetric;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonSetting;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServerType;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A deployment that says everything Seldon has a word for. */
final class Surfaces {
    private Surfaces() {}

    static SeldonDeployment whole(String name, String namespace) {
        SeldonDeployment.Builder builder = SeldonDeployment.builder(name)
                .namespace(namespace)
                .putLabel("seldon.io/controller-id", "blue")
                .putAnnotation("team", "air")
                .protocol(ServingProtocol.SELDON)
                .transport(Transport.REST)
                .serverType(ServerType.KAFKA)
                .replicas(1)
                .putEngineEnv("LOG_LEVEL", "DEBUG");
        settings(builder);
        return builder.addPredictor(Surfaces::main)
                .addPredictor(Surfaces::canary)
                .addPredictor(Surfaces::shadow)
                .build();
    }

    private static void settings(SeldonDeployment.Builder builder) {
        builder.set(SeldonSetting.ENGINE_SEPARATE_POD, false)
                .set(SeldonSetting.HEADLESS_SERVICE, false)
                .set(SeldonSetting.NO_STORAGE_INITIALIZER, false)
                .set(SeldonSetting.LOGGER_QUEUE_SIZE, 100)
                .set(SeldonSetting.LOGGER_WRITE_TIMEOUT, Duration.ofSeconds(1))
                .set(SeldonSetting.REST_TIMEOUT, Duration.ofSeconds(5))
                .set(SeldonSetting.GRPC_TIMEOUT, Duration.ofSeconds(6))
                .set(SeldonSetting.GRPC_MAX_MESSAGE_SIZE, 8_000_000)
                .set(SeldonSetting.ISTIO_GATEWAY, "ml-gateway")
                .set(SeldonSetting.ISTIO_HOST, "ml.example.com")
                .set(SeldonSetting.ISTIO_RETRIES, 3)
                .set(SeldonSetting.ISTIO_RETRIES_TIMEOUT, Duration.ofSeconds(2))
                .set(SeldonSetting.AMBASSADOR_CONFIG, "---")
                .set(SeldonSetting.AMBASSADOR_SERVICE_NAME, "flights")
                .set(SeldonSetting.AMBASSADOR_HEADER, "location:air")
                .set(SeldonSetting.AMBASSADOR_REGEX_HEADER, "location:a.*")
                .set(SeldonSetting.AMBASSADOR_ID, "blue")
                .set(SeldonSetting.AMBASSADOR_RETRIES, 2)
                .set(SeldonSetting.AMBASSADOR_MAX_CONNECTIONS, 10)
                .set(SeldonSetting.AMBASSADOR_MAX_PENDING_REQUESTS, 11)
                .set(SeldonSetting.AMBASSADOR_MAX_REQUESTS, 12)
                .set(SeldonSetting.AMBASSADOR_MAX_RETRIES, 13);
    }

    private static void main(PredictorSpec.Builder predictor) {
        GraphNode.Builder model = GraphNode.model("model", ServerImplementation.SKLEARN, URI.create("s3://models/a/1"))
                .envSecretRefName("s3")
                .serviceAccountName("reader")
                .storageInitializerImage("registry/rclone:1")
                .logger(PayloadLogger.all().to("http://sink"))
                .endpoint(NodeEndpoint.of(EndpointType.REST))
                .addParameter(NodeParameter.of("method", "predict_proba"))
                .addParameter(NodeParameter.of("n", 3))
                .addParameter(NodeParameter.of("p", 0.5))
                .addParameter(NodeParameter.of("on", true));
        GraphNode.Builder custom = GraphNode.container("custom", NodeType.UNKNOWN_TYPE)
                .addMethod(NodeMethod.TRANSFORM_INPUT)
                .addMethod(NodeMethod.SEND_FEEDBACK);
        predictor
                .name("main")
                .graph(GraphNode.container("before", NodeType.TRANSFORMER)
                        .addChild(GraphNode.builder()
                                .name("route")
                                .implementation(ServerImplementation.RANDOM_ABTEST)
                                .addParameter(NodeParameter.of("ratioA", "0.5"))
                                .addChild(model)
                                .addChild(custom)))
                .addComponentSpec(c -> c.pod(
                                "before",
                                p -> p.image("registry/before:1")
                                        .putEnv("A", "b")
                                        .putSecretEnv("B", SecretRef.of("secret", "key"))
                                        .putLabel("tier", "one")
                                        .putAnnotation("note", "two")
                                        .gpu(Gpu.nvidia(1))
                                        .sharedMemory("1Gi")
                                        .field(
                                                "ports",
                                                List.of(Map.of(
                                                        "name", "http", "containerPort", 9100, "protocol", "TCP")))
                                        .runtimeClass("nvidia")
                                        .addImagePullSecret("pull")
                                        .putNodeSelector("zone", "a")
                                        .container(
                                                "model",
                                                m -> m.resources(
                                                        r -> r.cpuRequest("1").memory("1Gi")))
                                        .container("custom", m -> m.image("registry/custom:1")))
                        .hpa(Surfaces::hpa)
                        .pdb(PdbSpec.maxUnavailable("50%")))
                .traffic(70)
                .progressDeadline(Duration.ofSeconds(300))
                .putLabel("fairlead", "yes")
                .putAnnotation("why", "because")
                .certSecretName("tls")
                .orchestrator(o -> o.resources(r -> r.cpuRequest("500m").memory("256Mi"))
                        .kafka("broker:9092", "in", "out")
                        .putSecretEnv("TOKEN", SecretRef.of("secret", "token"))
                        .addVariable(EnvVariable.ofField("NODE", "spec.nodeName"))
                        .replicas(2))
                .engineResources(dev.fairlead.kubernetes.Resources.builder()
                        .cpuRequest("1")
                        .build())
                .explainer(Explainer.builder(ExplainerType.ANCHOR_TABULAR)
                        .modelUri("gs://explainers/a")
                        .envSecretRefName("gs")
                        .serviceAccountName("reader")
                        .storageInitializerImage("registry/rclone:2")
                        .container("explain", p -> p.image("registry/alibi:1").putEnv("A", "b"))
                        .endpoint(NodeEndpoint.builder()
                                .type(EndpointType.REST)
                                .serviceHost("explain")
                                .servicePort(9000)
                                .build())
                        .putConfig("batch_size", "10")
                        .initParameters("{\"threshold\":0.95}")
                        .replicas(1));
    }

    private static void hpa(HpaSpec.Builder hpa) {
        hpa.minReplicas(1)
                .maxReplicas(5)
                .addMetric(ScalingMetric.cpu(60))
                .addMetric(ScalingMetric.memory(80))
                .addMetric(ScalingMetric.container("model", "cpu", 70))
                .addMetric(ScalingMetric.pods("in_flight", "10"))
                .addMetric(ScalingMetric.external("DCGM_FI_DEV_GPU_UTIL", Map.of("gpu", "0"), "80"));
    }

    private static void canary(PredictorSpec.Builder predictor) {
        predictor
                .name("canary")
                .serviceName("flights-next")
                .server(ServerImplementation.XGBOOST)
                .modelUri("pvc://models/next")
                .keda(k -> keda(k))
                .orchestrator(o -> o.kafka("broker:9092", "in", "out"))
                .traffic(30);
    }

    private static void keda(KedaSpec.Builder keda) {
        keda.pollingInterval(Duration.ofSeconds(15))
                .cooldownPeriod(Duration.ofMinutes(2))
                .idleReplicaCount(0)
                .minReplicaCount(1)
                .maxReplicaCount(8)
                .fallback(new KedaSpec.Fallback(3, 2))
                .putAdvanced("restoreToOriginalReplicaCount", true)
                .putAdvanced(
                        "horizontalPodAutoscalerConfig",
                        Map.of(
                                "behavior",
                                Map.of(
                                        "scaleDown",
                                        Map.of(
                                                "stabilizationWindowSeconds",
                                                300,
                                                "policies",
                                                List.of(Map.of("type", "Pods", "value", 1, "periodSeconds", 60))))))
                .addTrigger(KedaTrigger.prometheus("http://prometheus:9090", "sum(rate(requests[1m]))", "5")
                        .name("load")
                        .authentication("prometheus")
                        .metricType("AverageValue"));
    }

    private static void shadow(PredictorSpec.Builder predictor) {
        predictor
                .name("shadow")
                .shadow(true)
                .traffic(20)
                .graph(GraphNode.builder()
                        .name("join")
                        .implementation(ServerImplementation.AVERAGE_COMBINER)
                        .type(NodeType.COMBINER)
                        .addChild(GraphNode.container("left", NodeType.MODEL))
                        .addChild(GraphNode.container("right", NodeType.OUTPUT_TRANSFORMER)))
                .addComponentSpec(
                        c -> c.pod("left", p -> p.image("registry/left:1")).replicas(2))
                .addComponentSpec(c -> c.pod("right", p -> p.image("registry/right:1")))
                .orchestrator(o -> o.kafka("broker:9092", "in", "out"))
                .replicas(0);
    }
}
