package dev.fairlead.seldon.kserve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.ModelSource;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.seldon.PayloadLogger;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.StubKube;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Proves("seldon.kserve.values")
class InferenceServiceTest {
    private static final String MODEL = "'model':{'modelFormat':{'name':'sklearn'}}";

    private static InferenceService service(String annotations, String spec) {
        return InferenceService.fromTree(StubKube.tree("{'metadata':{'name':'iris','annotations':{" + annotations
                + "}},'spec':{" + spec.replace("$M", MODEL) + "}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'transformer':{} | predictor must be set, was not set",
                "'predictor':{} | predictor.pod.image must be set: a model, or a container of one's own must answer, was not set",
                "'predictor':{'containers':[{'name':'kserve-container'}]} | predictor.pod.image must be set: a model, or a container of one's own must answer, was not set",
                "'predictor':{'model':{}} | predictor.model.modelFormat must be set, was not set",
                "'predictor':{'model':{'modelFormat':{'name':''}}} | predictor.model.modelFormat.name must not be blank, was ''",
                "'predictor':{$M,'sklearn':{}} | predictor.model must be the only way to say which model is served, was [sklearn]",
                "'predictor':{'model':{'modelFormat':{'name':'a'},'protocolVersion':'tensorflow'}} | predictor.model.protocolVersion must be one of [v1, v2, grpc-v1, grpc-v2]; no runtime speaks another, was tensorflow",
                "'predictor':{'model':{'modelFormat':{'name':'a'},'storageUri':'mlflow-artifacts:/0/m'}} | predictor.model.storageUri must be an address the cluster can read, such as s3://bucket/path; a registry's model is resolved with an artifact root first, was mlflow-artifacts:/0/m",
                "'predictor':{'model':{'modelFormat':{'name':'a'},'storageUri':'/mnt/m'}} | predictor.model.storageUri must be an address the cluster can read, such as s3://bucket/path; a registry's model is resolved with an artifact root first, was /mnt/m",
                "'predictor':{'model':{'modelFormat':{'name':'a'},'storageUri':'s3://b/m'},'storageUris':[{'uri':'s3://b/n'}]} | predictor.storageUris must not be set beside the model's storageUri, was 'set'",
                "'predictor':{$M,'minReplicas':-1} | predictor.minReplicas must not be negative, was -1",
                "'predictor':{$M,'maxReplicas':0} | predictor.maxReplicas must be at least 1, was 0",
                "'predictor':{$M,'minReplicas':3,'maxReplicas':2} | predictor.minReplicas must not be more than maxReplicas, 2, was 3",
                "'predictor':{$M,'scaleMetric':'gpu'} | predictor.scaleMetric must be one of [cpu, memory, concurrency, rps], was gpu",
                "'predictor':{$M,'scaleTarget':0} | predictor.scaleTarget must be at least 1, was 0",
                "'predictor':{$M,'canaryTrafficPercent':101} | predictor.canaryTrafficPercent must be 0 to 100, was 101",
                "'predictor':{$M,'containerConcurrency':-1} | predictor.containerConcurrency must not be negative; 0 is no limit, was -1",
                "'predictor':{$M,'timeout':0} | predictor.timeout must be whole seconds, at least 1, was PT0S",
                "'predictor':{$M,'logger':{'mode':'some'}} | predictor.logger.mode must be all, request or response, was 'some'",
                "'predictor':{$M,'batcher':{'maxBatchSize':0}} | predictor.batcher.maxBatchSize must be at least 1, was 0",
                "'predictor':{$M,'batcher':{'maxLatency':0}} | predictor.batcher.maxLatency must be whole milliseconds, at least 1, was PT0S",
                "'predictor':{$M,'labels':{'a':'b c'}} | predictor.labels[a] must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends, was 'b c'",
                "'predictor':{$M,'annotations':{'a b':'c'}} | predictor.annotations[a b] must have a key of the form name or domain/name, was 'a b'",
                "'predictor':{$M},'transformer':{'minReplicas':1} | transformer.pod.image must be set: a container of one's own must answer, was not set",
                "'predictor':{$M},'explainer':{'minReplicas':1} | explainer.pod.image must be set: a container of one's own must answer, was not set"
            })
    void problems_oneRuleBroken_nameItWithItsPlace(String spec, String problem) {
        assertThat(service("", spec).problems().stream().map(Object::toString)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Standard | hpa | concurrency | 10 | predictor.scaleMetric must be cpu or memory with Kubernetes' autoscaler, was concurrency",
                "RawDeployment | hpa | rps | 10 | predictor.scaleMetric must be cpu or memory with Kubernetes' autoscaler, was rps",
                "Standard | hpa | cpu | 101 | predictor.scaleTarget must be 1 to 100 percent of the CPU, was 101",
                "Standard | keda | cpu | 50 | predictor.scaleMetric must not be set with the autoscaler keda; it reads autoScaling.metrics, was cpu",
                "Knative | hpa | cpu | 50 | predictor.scaleMetric must be concurrency or rps with Knative's autoscaler, was cpu"
            })
    void problems_metricOfTheOtherAutoscaler_isRefused(
            String mode, String scaler, String metric, int target, String problem) {
        InferenceService service = service(
                "'serving.kserve.io/deploymentMode':'" + mode + "','serving.kserve.io/autoscalerClass':'" + scaler
                        + "'",
                "'predictor':{$M,'scaleMetric':'" + metric + "','scaleTarget':" + target + "}");

        assertThat(service.problems().stream().map(Object::toString)).containsExactly(problem);
    }

    @Test
    void problems_metricWhereTheClusterDecidesTheMode_areNone() {
        assertThat(service("", "'predictor':{$M,'scaleMetric':'cpu','scaleTarget':500}")
                        .problems())
                .isEmpty();
    }

    @Test
    void build_severalMistakes_areToldAtOnce() {
        assertThatThrownBy(() -> InferenceService.builder("Iris")
                        .predictor(p -> p.format(ModelFormat.SKLEARN)
                                .replicas(-1)
                                .pod(pod -> pod.putLabel("a", "b").resources(r -> r.cpu("much"))))
                        .transformer(t -> t.minReplicas(1))
                        .build())
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .extracting(p -> p.place())
                                .contains(
                                        "name",
                                        "predictor.minReplicas",
                                        "predictor.maxReplicas",
                                        "predictor.pod.resources.cpuRequest",
                                        "predictor.pod.metadata",
                                        "transformer.pod.image"));
    }

    @Test
    void build_nameThatLeavesNoRoom_isRefused() {
        InferenceService.Builder longest =
                InferenceService.builder("a".repeat(53)).predictor(p -> p.format(ModelFormat.SKLEARN));
        assertThat(longest.build().name()).hasSize(53);

        assertThatThrownBy(() ->
                        longest.transformer(t -> t.pod(pod -> pod.image("i:1"))).build())
                .hasMessageContaining("leave room for -transformer in 63 characters");
    }

    @Test
    void toTree_gpuOnAModel_standsInTheModelAndItsTolerationInThePredictor() {
        InferenceService service = InferenceService.builder("iris")
                .predictor(p -> p.format(ModelFormat.ONNX.inVersion("1"))
                        .protocol(ServingProtocol.V2)
                        .runtime("triton")
                        .storageUri("s3://models/iris")
                        .gpu(Gpu.nvidia(1))
                        .pod(pod ->
                                pod.putEnv("A", "b").serviceAccount("reader").putNodeSelector("zone", "a"))
                        .pod(pod -> pod.container("side", c -> c.image("side:1")))
                        .scaleOn(ScaleMetric.CONCURRENCY, 5)
                        .minReplicas(0)
                        .maxReplicas(4))
                .build();

        assertThat(service.toTree().get("spec"))
                .isEqualTo(StubKube.tree("{'predictor':{'minReplicas':0,'maxReplicas':4,'scaleTarget':5,"
                        + "'scaleMetric':'concurrency','serviceAccountName':'reader','nodeSelector':{'zone':'a'},"
                        + "'tolerations':[{'key':'nvidia.com/gpu','operator':'Exists'}],"
                        + "'containers':[{'name':'side','image':'side:1'}],"
                        + "'model':{'modelFormat':{'name':'onnx','version':'1'},'protocolVersion':'v2','runtime':'triton',"
                        + "'storageUri':'s3://models/iris','env':[{'name':'A','value':'b'}],"
                        + "'resources':{'limits':{'nvidia.com/gpu':'1'},'requests':{'nvidia.com/gpu':'1'}}}}}"));
        assertThat(InferenceService.fromTree(service.toTree())).isEqualTo(service);
    }

    @Test
    void toBuilder_continuedShortWay_keepsWhatWasThere() {
        InferencePredictor first = InferencePredictor.builder()
                .format(ModelFormat.SKLEARN)
                .storageUri("s3://m/1")
                .pod(p -> p.putEnv("A", "b"))
                .build();

        InferencePredictor second = first.with(b -> b.storageUri("s3://m/2").resources(r -> r.memory("1Gi")));

        assertThat(second.model().orElseThrow().format()).isEqualTo(ModelFormat.SKLEARN);
        assertThat(second.model().orElseThrow().storageUri()).contains(URI.create("s3://m/2"));
        assertThat(second.pod().map(PodTemplate::env)).contains(Map.of("A", "b"));
        assertThat(second.pod().orElseThrow().resources().memoryLimit()).contains("1Gi");
    }

    @Test
    @Proves("seldon.model-from-registry")
    void model_fromARegistry_carriesWhatItIsToThePods() {
        InferencePredictor predictor = InferencePredictor.builder()
                .format(ModelFormat.MLFLOW)
                .model(ModelSource.builder()
                        .storageUri(URI.create("s3://models/flights/3"))
                        .name("flights on time")
                        .version("3")
                        .runId("abc")
                        .putLabel("stage", "champion")
                        .build())
                .build();

        assertThat(predictor.model().orElseThrow().storageUri()).contains(URI.create("s3://models/flights/3"));
        assertThat(predictor.labels()).isEqualTo(Map.of("fairlead.dev/model-version", "3", "stage", "champion"));
        assertThat(predictor.annotations())
                .isEqualTo(Map.of("fairlead.dev/model-name", "flights on time", "fairlead.dev/run-id", "abc"));
    }

    @Test
    void fromTree_whatWeDoNotModel_isKeptAtEveryLevel() {
        Map<String, Object> tree = StubKube.tree("{'apiVersion':'serving.kserve.io/v1beta1','kind':'InferenceService',"
                + "'metadata':{'name':'iris','new':1},'later':true,"
                + "'spec':{'canary':[{'trafficPercent':10}],'predictor':{'autoScaling':{'metrics':[]},'fresh':{'a':1},"
                + "'logger':{'mode':'all','storage':{'key':'k'}},'batcher':{'maxBatchSize':4,'timeout':60},'workerSpec':{},"
                + "'model':{'modelFormat':{'name':'a','more':1},'storage':{'key':'s'},'protocolVersion':'','name':'x',"
                + "'resources':{'limits':{'cpu':1}},'image':''}},"
                + "'explainer':{'art':{'type':'SquareAttack'}}}}");

        assertThat(InferenceService.fromTree(tree).toTree()).isEqualTo(tree);
    }

    @Test
    void fromTree_anotherKind_isRefused() {
        assertThatThrownBy(() -> InferenceService.fromTree(Map.of("apiVersion", "v1", "kind", "Pod")))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("an InferenceService was expected, not a v1 Pod");
    }

    @Test
    void builders_wordsOfSeldon_meanTheSame() {
        InferenceService service = InferenceService.builder("iris")
                .deploymentMode(DeploymentMode.KNATIVE)
                .predictor(p -> p.format(ModelFormat.SKLEARN)
                        .logger(PayloadLogger.requests().to("http://sink"))
                        .batcher(Batcher.of(16, Duration.ofMillis(50)))
                        .timeout(Duration.ofSeconds(30))
                        .containerConcurrency(8)
                        .canaryTrafficPercent(10))
                .build();

        assertThat(service.deploymentMode()).contains(DeploymentMode.KNATIVE);
        assertThat(service).hasToString("InferenceService[iris, sklearn]");
        assertThat(List.of(
                        service.predictor().logger().orElseThrow().mode(),
                        service.predictor()
                                .batcher()
                                .orElseThrow()
                                .maxBatchSize()
                                .getAsInt(),
                        service.predictor().timeout().orElseThrow().toSeconds()))
                .isEqualTo(List.of("request", 16, 30L));
    }
}
