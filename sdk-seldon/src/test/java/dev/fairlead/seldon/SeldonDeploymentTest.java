package dev.fairlead.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.ModelSource;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeldonDeploymentTest {
    private static final JsonCodec CODEC = JsonCodec.camelCase();

    private static Map<String, Object> tree(String json) {
        return CODEC.object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "test");
    }

    private static SeldonDeployment canary() {
        return SeldonDeployment.builder("flights")
                .protocol(ServingProtocol.V2)
                .addPredictor(p -> p.name("main")
                        .server(ServerImplementation.MLFLOW)
                        .modelName("flights")
                        .model(ModelSource.builder()
                                .storageUri(URI.create("s3://models/flights/3"))
                                .name("flights")
                                .version("3")
                                .runId("ab12")
                                .putLabel("team", "air")
                                .build())
                        .traffic(90)
                        .replicas(2))
                .addPredictor(p -> p.name("canary")
                        .server(ServerImplementation.MLFLOW)
                        .modelUri("s3://models/flights/4")
                        .gpu(Gpu.nvidia(1))
                        .modelName("flights")
                        .traffic(10))
                .build();
    }

    @Test
    @Proves("seldon.deployment")
    void toTree_canary_isTheObjectSeldonReads() {
        assertThat(canary().toTree())
                .isEqualTo(
                        tree(
                                "{'apiVersion':'machinelearning.seldon.io/v1','kind':'SeldonDeployment','metadata':{'name':'flights'},"
                                        + "'spec':{'protocol':'v2','predictors':["
                                        + "{'name':'main','annotations':{'fairlead.dev/run-id':'ab12'},'labels':{'team':'air','fairlead.dev/model-name':'flights',"
                                        + "'fairlead.dev/model-version':'3'},'graph':{'name':'flights','implementation':'MLFLOW_SERVER','modelUri':'s3://models/flights/3'},"
                                        + "'replicas':2,'traffic':90},"
                                        + "{'name':'canary','graph':{'name':'flights','implementation':'MLFLOW_SERVER','modelUri':'s3://models/flights/4'},"
                                        + "'componentSpecs':[{'spec':{'containers':[{'name':'flights','resources':{'limits':{'nvidia.com/gpu':'1'},"
                                        + "'requests':{'nvidia.com/gpu':'1'}}}],'tolerations':[{'key':'nvidia.com/gpu','operator':'Exists'}]}}],'traffic':10}]}}"));
    }

    @Test
    @Proves("seldon.lossless")
    void fromTree_fieldsWeDoNotKnowAtEveryLevel_comeBack() {
        Map<String, Object> tree = tree(
                "{'apiVersion':'machinelearning.seldon.io/v1','kind':'SeldonDeployment','status':{'state':'Available'},"
                        + "'metadata':{'name':'x','namespace':'n','finalizers':['f'],'labels':{},'annotations':{'a':'b'}},"
                        + "'spec':{'name':'old','oauth_key':'k','serverType':'rpc','replicas':2,'annotations':{'seldon.io/rest-timeout':'5000'},'predictors':[{'name':'p',"
                        + "'shadow':false,'traffic':0,'svcOrchSpec':{'env':[{'name':'A','value':'b'}]},'explainer':{'type':'AnchorTabular'},"
                        + "'componentSpecs':[{'metadata':{'labels':{'a':'b'},'new':1},'spec':{'containers':[{'name':'a','image':'i','newField':[1,{'x':1.5}]}],'dnsPolicy':'None'},"
                        + "'hpaSpec':{'maxReplicas':3},'newest':true},{'spec':{'nodeSelector':{'a':'b'}}}],"
                        + "'graph':{'name':'a','type':'MODEL','endpoint':{'type':'REST'},'logger':{'mode':'all','new':1},'modelUri':'not a uri','methods':['ROUTE'],'parameters':[{'name':'n','type':'INT','value':'1'}],"
                        + "'children':[{'name':'b','type':'NEW_TYPE','children':[]}]}}]}}");

        SeldonDeployment read = SeldonDeployment.fromTree(tree);

        assertThat(read.toTree()).isEqualTo(tree);
        assertThat(read.toBuilder().putLabel("c", "d").replicas(2))
                .extracting(b -> dev.fairlead.spi.ValueBuilder.<SeldonDeployment>partOf(b)
                        .predictors())
                .isEqualTo(read.predictors());
        assertThat(read.setting(SeldonSetting.REST_TIMEOUT)).hasValue(Duration.ofSeconds(5));
        assertThat(read.predictors().get(0).graph().children().get(0).type()).hasValue(NodeType.of("NEW_TYPE"));
        assertThat(read.problems()).extracting(p -> p.place()).contains("predictors[0].graph.children[0].type");
    }

    @Test
    void fromTree_anotherKind_isRefused() {
        assertThatThrownBy(() -> SeldonDeployment.fromTree(tree("{'apiVersion':'v1','kind':'Pod'}")))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessage("a SeldonDeployment was expected, not a v1 Pod");
    }

    @Test
    void toBuilder_ofACanary_changesOnlyWhatIsSaid() {
        SeldonDeployment before = canary();
        SeldonDeployment after = before.with(b -> b.predictors(List.of(
                before.predictors().get(0),
                before.predictors()
                        .get(1)
                        .with(p -> p.modelUri("s3://models/flights/5").resources(r -> r.memory("2Gi"))))));

        GraphNode node = after.predictors().get(1).graph();
        assertThat(node.modelUri()).hasValue(URI.create("s3://models/flights/5"));
        assertThat(node.implementation()).hasValue(ServerImplementation.MLFLOW);
        assertThat(after.predictors()
                        .get(1)
                        .componentSpecs()
                        .get(0)
                        .pod()
                        .orElseThrow()
                        .resources()
                        .gpu())
                .hasValue(Gpu.nvidia(1));
        assertThat(after.predictor("main")).isEqualTo(before.predictor("main"));
        assertThat(before.toBuilder().build()).isEqualTo(before).hasSameHashCodeAs(before);
    }

    @Test
    void toString_canary_isOneLine() {
        assertThat(canary())
                .hasToString(
                        "SeldonDeployment[flights v2, main 90% flights MLFLOW_SERVER s3://models/flights/3, canary 10% flights"
                                + " MLFLOW_SERVER s3://models/flights/4]");
    }

    @Test
    @Proves("seldon.setting")
    void set_typedSetting_isTheAnnotation() {
        SeldonDeployment deployment = canary().with(b -> b.set(SeldonSetting.REST_TIMEOUT, Duration.ofSeconds(7))
                .set(SeldonSetting.HEADLESS_SERVICE, true)
                .set(SeldonSetting.ISTIO_RETRIES_TIMEOUT, Duration.ofSeconds(2)));

        assertThat(deployment.settings())
                .containsEntry("seldon.io/rest-timeout", "7000")
                .containsEntry("seldon.io/headless-svc", "true")
                .containsEntry("seldon.io/istio-retries-timeout", "2");
        assertThat(deployment.setting(SeldonSetting.HEADLESS_SERVICE)).hasValue(true);
        assertThat(deployment.setting(SeldonSetting.ISTIO_HOST)).isEmpty();
    }

    @Test
    @Proves("seldon.validation")
    void build_manyProblems_reportsAllAtOnceWithTheirPlaces() {
        assertThatThrownBy(() -> SeldonDeployment.builder("Flights")
                        .addPredictor(p -> p.name("a")
                                .server(ServerImplementation.TRITON)
                                .modelUri("mlflow-artifacts:/1")
                                .traffic(150))
                        .addPredictor(p -> p.name("a")
                                .graph(GraphNode.container("n", NodeType.of("MODL")))
                                .traffic(-50))
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("invalid SeldonDeployment, 8 problems:")
                .hasMessageContaining("name must be a Kubernetes name")
                .hasMessageContaining("predictors[0].graph.modelUri must be an address the cluster can read")
                .hasMessageContaining(
                        "predictors[1].graph.type must be one of [MODEL, ROUTER, COMBINER, TRANSFORMER, OUTPUT_TRANSFORMER,"
                                + " UNKNOWN_TYPE]; Seldon skips any other, was MODL")
                .hasMessageContaining(
                        "predictors[1].graph.implementation must be set, or a container named 'n' must stand in componentSpecs")
                .hasMessageContaining("predictors[1].name must not be that of another predictor, was 'a'")
                .hasMessageContaining("predictors[0].traffic must be 0 to 100 percent, was 150")
                .hasMessageContaining("predictors[1].traffic must be 0 to 100 percent, was -50")
                .hasMessageContaining(
                        "predictors[0].graph.implementation must be a server that speaks the protocol seldon; set protocol"
                                + " v2, was TRITON_SERVER");
    }
}
