package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.seldon.DeploymentState;
import dev.fairlead.seldon.EndpointType;
import dev.fairlead.seldon.GraphNode;
import dev.fairlead.seldon.NodeEndpoint;
import dev.fairlead.seldon.NodeType;
import dev.fairlead.seldon.ScalingMetric;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The graph of the book's tenth chapter, a transformer before a model, said in Java instead of a template file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Proves("seldon.chapter10")
abstract class Chapter10Contract {
    private static final String RUN = "0f0e0d0c0b0a09080706050403020100";

    /** What the book's template says once it is rendered, with the autoscaler's metric in today's form. */
    private static final String RENDERED = """
            {'apiVersion': 'machinelearning.seldon.io/v1', 'kind': 'SeldonDeployment',
             'metadata': {'name': '$NAME', 'labels': {'app': 'seldon'}},
             'spec': {
              'annotations': {'project_name': 'flights', 'deployment_version': '$RUN'},
              'predictors': [{
               'name': 'flights-predictor',
               'labels': {'team': 'opendatahub', 'version': 'v1'},
               'annotations': {'predictor_version': '$RUN', 'team': 'opendatahub', 'seldon.io/svc-name': '$NAME-flights'},
               'graph': {'name': 'transformer', 'type': 'TRANSFORMER',
                'endpoint': {'type': 'REST', 'service_host': 'localhost', 'service_port': 9000},
                'children': [{'name': 'predictor', 'type': 'MODEL',
                 'endpoint': {'type': 'REST', 'service_host': 'localhost', 'service_port': 9001}}]},
               'componentSpecs': [{
                'hpaSpec': {'minReplicas': 1, 'maxReplicas': 2, 'metricsv2': [{'type': 'Resource',
                 'resource': {'name': 'cpu', 'target': {'type': 'Utilization', 'averageUtilization': 80}}}]},
                'spec': {'containers': [
                 {'name': 'transformer', 'image': 'registry/flights:1', 'imagePullPolicy': 'Always', 'env': [
                  {'name': 'MODEL_NAME', 'value': 'Transformer'}, {'name': 'SERVICE_TYPE', 'value': 'TRANSFORMER'},
                  {'name': 'GRPC_PORT', 'value': '5007'}, {'name': 'METRICS_PORT', 'value': '6007'},
                  {'name': 'HTTP_PORT', 'value': '9000'}]},
                 {'name': 'predictor', 'image': 'registry/flights:1', 'imagePullPolicy': 'Always', 'env': [
                  {'name': 'MODEL_NAME', 'value': 'Predictor'}, {'name': 'SERVICE_TYPE', 'value': 'MODEL'},
                  {'name': 'GRPC_PORT', 'value': '5008'}, {'name': 'METRICS_PORT', 'value': '6008'},
                  {'name': 'HTTP_PORT', 'value': '9001'}]$GPU}]$TOLERATE}}]}]}}
            """;

    private MlPlatform platform;
    private SeldonContract.Place place;
    private SeldonClient seldon;
    private KubeAccess kube;

    abstract SeldonContract.Place open();

    /** Tells whether a scheduler gives pods a node. */
    abstract boolean schedules();

    @BeforeAll
    void start() {
        place = open();
        platform = place.connect();
        seldon = SeldonClient.create(platform);
        kube = PlatformSpi.of(platform).kube();
    }

    @AfterAll
    void stop() throws Exception {
        if (platform != null) {
            seldon.deployments().list().forEach(d -> seldon.deployments().delete(d.name()));
            platform.close();
        }
        if (place != null) {
            place.close();
        }
    }

    private static SeldonDeployment flights(String name, boolean onGpu) {
        return SeldonDeployment.builder(name)
                .putLabel("app", "seldon")
                .putSetting("project_name", "flights")
                .putSetting("deployment_version", RUN)
                .addPredictor(p -> p.name("flights-predictor")
                        .serviceName(name + "-flights")
                        .putLabel("team", "opendatahub")
                        .putLabel("version", "v1")
                        .putAnnotation("team", "opendatahub")
                        .putAnnotation("predictor_version", RUN)
                        .graph(GraphNode.container("transformer", NodeType.TRANSFORMER)
                                .endpoint(endpoint(9000))
                                .addChild(GraphNode.container("predictor", NodeType.MODEL)
                                        .endpoint(endpoint(9001))))
                        .addComponentSpec(c -> c.pod(
                                        "transformer",
                                        pod -> pod.image("registry/flights:1")
                                                .imagePullPolicy("Always")
                                                .env(variables("Transformer", "TRANSFORMER", 7, 9000))
                                                .container("predictor", model -> {
                                                    model.image("registry/flights:1")
                                                            .imagePullPolicy("Always")
                                                            .env(variables("Predictor", "MODEL", 8, 9001));
                                                    if (onGpu) {
                                                        model.gpu(Gpu.nvidia(1));
                                                    }
                                                }))
                                .hpa(h -> h.minReplicas(1).maxReplicas(2).addMetric(ScalingMetric.cpu(80)))))
                .build();
    }

    private static NodeEndpoint endpoint(int port) {
        return NodeEndpoint.builder()
                .type(EndpointType.REST)
                .serviceHost("localhost")
                .servicePort(port)
                .build();
    }

    private static Map<String, String> variables(String model, String service, int last, int http) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("MODEL_NAME", model);
        variables.put("SERVICE_TYPE", service);
        variables.put("GRPC_PORT", "500" + last);
        variables.put("METRICS_PORT", "600" + last);
        variables.put("HTTP_PORT", String.valueOf(http));
        return variables;
    }

    private static Map<String, Object> rendered(String name, boolean onGpu) {
        String json = RENDERED.replace("$NAME", name)
                .replace("$RUN", RUN)
                .replace(
                        "$GPU",
                        onGpu ? ",'resources':{'limits':{'nvidia.com/gpu':'1'},'requests':{'nvidia.com/gpu':'1'}}" : "")
                .replace("$TOLERATE", onGpu ? ",'tolerations':[{'key':'nvidia.com/gpu','operator':'Exists'}]" : "");
        return JsonCodec.camelCase().object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "rendered");
    }

    @Test
    void deploy_theBooksGraphWithoutATemplate_isItsObjectAndRuns() {
        String onCpu = "model-" + RUN;
        String onGpu = "model-gpu-" + RUN.substring(0, 28);
        assertThat(flights(onCpu, false).toTree()).isEqualTo(rendered(onCpu, false));
        assertThat(flights(onGpu, true).toTree()).isEqualTo(rendered(onGpu, true));
        // the book's hosts and ports do nothing: the operator gives the same ones by itself
        assertThat(flights(onCpu, false).warnings())
                .hasSize(2)
                .allMatch(w -> w.toString()
                        .contains("endpoint has no effect but by its type: the operator writes host and ports"));

        Operation<SeldonDeploymentStatus> cpu = seldon.deployments().deploy(flights(onCpu, false));
        Operation<SeldonDeploymentStatus> gpu = seldon.deployments().deploy(flights(onGpu, true));

        for (Operation<SeldonDeploymentStatus> each : List.of(cpu, gpu)) {
            assertThat(each.await(Duration.ofSeconds(120)).state()).isEqualTo(DeploymentState.AVAILABLE);
        }
        assertThat(seldon.deployments().get(onGpu))
                .isEqualTo(flights(onGpu, true).with(b -> b.namespace(platform.namespace())));
        assertThat(kube.get(KubeAccess.Kind.SERVICE, platform.namespace(), onCpu + "-flights"))
                .isNotEmpty();
        pods(onCpu, false);
        pods(onGpu, true);
    }

    private void pods(String deployment, boolean onGpu) {
        List<Map<String, Object>> pods =
                kube.list(KubeAccess.Kind.POD, platform.namespace(), "seldon-deployment-id=" + deployment).stream()
                        .toList();
        assertThat(pods).hasSize(1);
        Map<String, Object> spec = SeldonContract.at(pods.get(0), "spec");
        assertThat(SeldonContract.<List<Map<String, Object>>>at(pods.get(0), "spec", "containers"))
                .extracting(c -> c.get("name"))
                .containsExactly("transformer", "predictor", "seldon-container-engine");
        if (onGpu && schedules()) {
            assertThat(spec.get("nodeName")).isIn("a100-1", "t4-1");
        }
    }
}
