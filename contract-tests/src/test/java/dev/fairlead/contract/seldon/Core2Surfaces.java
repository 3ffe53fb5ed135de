package dev.fairlead.contract.seldon;

import dev.fairlead.ModelSource;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.Volume;
import dev.fairlead.seldon.core2.Component;
import dev.fairlead.seldon.core2.Core2Object;
import dev.fairlead.seldon.core2.ExplainerMethod;
import dev.fairlead.seldon.core2.JoinType;
import dev.fairlead.seldon.core2.ModelExplainer;
import dev.fairlead.seldon.core2.ModelLogger;
import dev.fairlead.seldon.core2.PipelineRef;
import dev.fairlead.seldon.core2.ResourceType;
import dev.fairlead.seldon.core2.RuntimeOverride;
import dev.fairlead.seldon.core2.SeldonConfig;
import dev.fairlead.seldon.core2.SeldonExperiment;
import dev.fairlead.seldon.core2.SeldonModel;
import dev.fairlead.seldon.core2.SeldonPipeline;
import dev.fairlead.seldon.core2.SeldonRuntime;
import dev.fairlead.seldon.core2.SeldonServer;
import dev.fairlead.seldon.core2.ServerConfig;
import dev.fairlead.seldon.core2.StepBatch;
import dev.fairlead.seldon.core2.StepRef;
import dev.fairlead.seldon.core2.VolumeClaimTemplate;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One object of each kind of Seldon Core 2.6 that says all there is to say. */
final class Core2Surfaces {
    private Core2Surfaces() {}

    static List<Core2Object> whole(String namespace) {
        return List.of(
                model(namespace),
                server(namespace),
                serverConfig(namespace),
                pipeline(namespace),
                experiment(namespace),
                runtime(namespace),
                config(namespace));
    }

    private static SeldonModel model(String namespace) {
        return SeldonModel.builder("whole")
                .namespace(namespace)
                .model(ModelSource.builder()
                        .storageUri(URI.create("gs://models/income"))
                        .name("income")
                        .version("3")
                        .runId("ab12")
                        .build())
                .modelType("sklearn")
                .artifactVersion(2)
                .schemaUri(URI.create("gs://models/income/schema.json"))
                .secretName("storage")
                .requirements(List.of("gpu", "income"))
                .memory("512Mi")
                .replicas(2)
                .minReplicas(1)
                .maxReplicas(4)
                .server("mlserver")
                .preloaded(true)
                .dedicated(true)
                .logger(ModelLogger.ofPercent(50))
                .explainer(ModelExplainer.ofPipeline(ExplainerMethod.ANCHOR_TABULAR, "whole"))
                .addParameter("threshold", "0.5")
                .putAnnotation("team", "air")
                .build();
    }

    private static SeldonServer server(String namespace) {
        return SeldonServer.builder("whole")
                .namespace(namespace)
                .serverConfig("triton")
                .addCapability("onnx")
                .addExtraCapability("gpu")
                .agent(a -> a.image("agent:1").putEnv("A", "b"))
                .rclone(r -> r.image("rclone:1").imagePullPolicy("Never"))
                .pod(
                        "triton",
                        p -> p.gpu(Gpu.mig("1g.10gb"))
                                .sharedMemory("2Gi")
                                .putNodeSelector("pool", "gpu")
                                .runtimeClass("nvidia")
                                .serviceAccount("triton")
                                .container(
                                        "sidecar",
                                        c -> c.image("sidecar:1")
                                                .resources(r -> r.cpu("100m").memory("64Mi"))))
                .replicas(2)
                .minReplicas(1)
                .maxReplicas(3)
                .disableAutoUpdate(true)
                .build();
    }

    private static ServerConfig serverConfig(String namespace) {
        return ServerConfig.builder("whole")
                .namespace(namespace)
                .pod(
                        "mlserver",
                        p -> p.image("mlserver:1")
                                .gpu(Gpu.nvidia(1))
                                .field(
                                        "ports",
                                        List.of(Map.of("name", "http", "containerPort", 9000, "protocol", "TCP")))
                                .mount(Volume.claim("models", "models"), "/mnt/agent")
                                .container("agent", c -> c.image("agent:1").putFieldEnv("POD", "metadata.name"))
                                .container("rclone", c -> c.image("rclone:1").addEnvFromSecret("storage"))
                                .specField("terminationGracePeriodSeconds", 120))
                .addVolumeClaimTemplate(
                        VolumeClaimTemplate.of("mlserver-models", "1Gi").storageClass("fast"))
                .build();
    }

    private static SeldonPipeline pipeline(String namespace) {
        return SeldonPipeline.builder("whole")
                .namespace(namespace)
                .addStep("features", s -> s.addInput(StepRef.inputs("whole", "row")))
                .addStep("drift", "features")
                .addStep(
                        "delay",
                        s -> s.addInput(StepRef.outputs("features", "x"))
                                .addInput(StepRef.inputs("drift"))
                                .inputsJoinType(JoinType.OUTER)
                                .renameTensor(StepRef.outputs("features", "x"), "input")
                                .addTrigger(StepRef.outputs("drift"))
                                .triggersJoinType(JoinType.ANY)
                                .joinWindow(Duration.ofMillis(50))
                                .batch(new StepBatch(8, Duration.ofMillis(20), true, Map.of())))
                .input(i -> i.addExternalInput(PipelineRef.ofStep("raw", StepRef.outputs("clean", "t")))
                        .addExternalTrigger(PipelineRef.outputs("clock"))
                        .joinType(JoinType.INNER)
                        .triggersJoinType(JoinType.ANY)
                        .joinWindow(Duration.ofSeconds(1))
                        .renameTensor(PipelineRef.outputs("raw", "t"), "row"))
                .output(o -> o.addStep(StepRef.of("delay"))
                        .addStep(StepRef.outputs("drift"))
                        .stepsJoin(JoinType.ANY)
                        .joinWindow(Duration.ZERO)
                        .renameTensor(StepRef.outputs("delay", "y"), "answer"))
                .build();
    }

    private static SeldonExperiment experiment(String namespace) {
        return SeldonExperiment.builder("whole")
                .namespace(namespace)
                .addCandidate("a", 90)
                .addCandidate("b", 10)
                .defaultCandidate("a")
                .mirror("c", 50)
                .resourceType(ResourceType.PIPELINE)
                .build();
    }

    private static SeldonRuntime runtime(String namespace) {
        return SeldonRuntime.builder("whole")
                .namespace(namespace)
                .seldonConfig("whole")
                .addOverride(RuntimeOverride.without(Component.HODOMETER))
                .addOverride(RuntimeOverride.ofReplicas(Component.MODEL_GATEWAY, 2))
                .addOverride(RuntimeOverride.ofServiceType(Component.ENVOY, "LoadBalancer"))
                .settings(s -> s.kafkaBootstrapServers("kafka:9092").tracingDisabled(true))
                .disableAutoUpdate(true)
                .build();
    }

    private static SeldonConfig config(String namespace) {
        return SeldonConfig.builder("whole")
                .namespace(namespace)
                .addComponent(
                        Component.SCHEDULER,
                        c -> c.pod("scheduler", p -> p.image("scheduler:1"))
                                .replicas(1)
                                .addVolumeClaimTemplate(VolumeClaimTemplate.of("state", "1Gi")))
                .addComponent(Component.ENVOY, c -> c.pod("envoy", p -> p.image("envoy:1")))
                .settings(s -> s.kafkaBootstrapServers("kafka:9092")
                        .kafkaTopicPrefix("air")
                        .kafkaDebug("all")
                        .putKafkaConsumer("session.timeout.ms", 6000)
                        .putKafkaProducer("linger.ms", "0")
                        .putKafkaStream("replication.factor", 1)
                        .addRcloneConfig("{\"type\":\"s3\"}")
                        .addRcloneConfigSecret("minio")
                        .serviceType("ClusterIP")
                        .grpcServicePrefix("grpc-")
                        .otelExporterEndpoint("otel:4317")
                        .tracingRatio("0.1"))
                .build();
    }
}
