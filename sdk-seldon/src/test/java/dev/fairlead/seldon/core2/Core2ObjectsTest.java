package dev.fairlead.seldon.core2;

import static dev.fairlead.seldon.core2.Core2Trees.object;
import static dev.fairlead.seldon.core2.Core2Trees.read;
import static dev.fairlead.seldon.core2.Core2Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.ModelSource;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the objects are written as and read from. */
class Core2ObjectsTest {
    @Test
    @Proves("seldon.core2.values")
    void toTree_modelOfARegistry_isTheObjectSeldonReads() {
        SeldonModel model = SeldonModel.builder("flights")
                .model(ModelSource.builder()
                        .storageUri(URI.create("s3://models/flights/3"))
                        .name("flights")
                        .version("3")
                        .runId("ab12")
                        .putLabel("team", "air")
                        .build())
                .modelType("sklearn")
                .addRequirement("gpu")
                .memory("500Mi")
                .minReplicas(1)
                .maxReplicas(3)
                .secretName("storage")
                .addParameter("threshold", "0.5")
                .logger(ModelLogger.create())
                .build();

        assertThat(model.toTree())
                .isEqualTo(tree("{'apiVersion':'mlops.seldon.io/v1alpha1','kind':'Model','metadata':{'name':'flights',"
                        + "'labels':{'team':'air','fairlead.dev/model-name':'flights','fairlead.dev/model-version':'3'},"
                        + "'annotations':{'fairlead.dev/run-id':'ab12'}},'spec':{'storageUri':'s3://models/flights/3',"
                        + "'modelType':'sklearn','requirements':['gpu'],'memory':'500Mi','minReplicas':1,'maxReplicas':3,"
                        + "'secretName':'storage','parameters':[{'name':'threshold','value':'0.5'}],'logger':{}}}"));
        assertThat(model).hasToString("Model[flights s3://models/flights/3 sklearn requires [gpu]]");
        assertThat(model.toBuilder().build()).isEqualTo(model).hasSameHashCodeAs(model);
        assertThat(model.with(m -> m.replicas(2)).replicas()).hasValue(2);
    }

    @Test
    @Proves("seldon.core2.values")
    void toTree_pipelineWithTypedReferences_isTheObjectSeldonReads() {
        SeldonPipeline pipeline = SeldonPipeline.builder("flights")
                .addStep("features", s -> s.addInput(StepRef.inputs("flights", "row")))
                .addStep("drift", "features")
                .addStep(
                        "delay",
                        s -> s.addInput(StepRef.outputs("features", "x"))
                                .renameTensor(StepRef.outputs("features", "x"), "input")
                                .addTrigger(StepRef.outputs("drift"))
                                .triggersJoinType(JoinType.ANY)
                                .joinWindow(Duration.ofMillis(50))
                                .batch(StepBatch.ofSize(8).within(Duration.ofMillis(20))))
                .input(i -> i.addExternalInput(PipelineRef.ofStep("raw", StepRef.outputs("clean")))
                        .addExternalTrigger(PipelineRef.outputs("clock"))
                        .joinType(JoinType.OUTER))
                .output("delay", "drift.inputs")
                .build();

        assertThat(pipeline.toTree())
                .isEqualTo(object(
                        "Pipeline",
                        "'steps':[{'name':'features','inputs':['flights.inputs.row']},{'name':'drift','inputs':['features']},"
                                + "{'name':'delay','inputs':['features.outputs.x'],'tensorMap':{'features.outputs.x':'input'},"
                                + "'triggers':['drift.outputs'],'triggersJoinType':'any','joinWindowMs':50,"
                                + "'batch':{'size':8,'windowMs':20}}],"
                                + "'input':{'externalInputs':['raw.step.clean.outputs'],'externalTriggers':['clock.outputs'],"
                                + "'joinType':'outer'},'output':{'steps':['delay','drift.inputs']}"));
        StepRef row = pipeline.step("features").orElseThrow().inputs().get(0);
        assertThat(row.step()).isEqualTo("flights");
        assertThat(row.side()).hasValue("inputs");
        assertThat(row.tensor()).hasValue("row");
        assertThat(StepRef.of("drift").side()).isEmpty();
        assertThat(PipelineRef.of("raw.step.clean").pipeline()).isEqualTo("raw");
        assertThat(pipeline).hasToString("Pipeline[flights [features, drift, delay]]");
    }

    @Test
    @Proves("seldon.core2.values")
    void toTree_experiment_isTheObjectSeldonReads() {
        SeldonExperiment experiment = SeldonExperiment.builder("flights")
                .namespace("serving")
                .addCandidate("a", 90)
                .addCandidate("b", 10)
                .defaultCandidate("a")
                .mirror("c", 50)
                .resourceType(ResourceType.PIPELINE)
                .build();

        assertThat(experiment.toTree().get("spec"))
                .isEqualTo(tree("{'candidates':[{'name':'a','weight':90},{'name':'b','weight':10}],'default':'a',"
                        + "'mirror':{'name':'c','percent':50},'resourceType':'pipeline'}"));
        assertThat(experiment).hasToString("Experiment[serving/flights a:90 b:10 mirror c:50%]");
        SeldonExperiment mirror =
                SeldonExperiment.builder("flights").mirror("c", 50).build();
        assertThat(mirror.toTree().get("spec")).isEqualTo(tree("{'candidates':[],'mirror':{'name':'c','percent':50}}"));
        assertThat(SeldonExperiment.fromTree(mirror.toTree())).isEqualTo(mirror);
    }

    @Test
    @Proves("seldon.core2.gpu")
    void toTree_serverWithGpu_asksForAsMuchAsItsLimit() {
        SeldonServer server = SeldonServer.builder("triton-gpu")
                .serverConfig("triton")
                .addExtraCapability("gpu")
                .pod("triton", p -> p.gpu(Gpu.nvidia(2)).putNodeSelector("pool", "gpu"))
                .agent(a -> a.image("agent:1"))
                .replicas(2)
                .build();

        assertThat(server.toTree().get("spec"))
                .isEqualTo(tree(
                        "{'serverConfig':'triton','extraCapabilities':['gpu'],'imageOverrides':{'agent':{'name':'agent',"
                                + "'image':'agent:1'}},'podSpec':{'containers':[{'name':'triton','resources':{'requests':"
                                + "{'nvidia.com/gpu':'2'},'limits':{'nvidia.com/gpu':'2'}}}],'nodeSelector':{'pool':'gpu'},"
                                + "'tolerations':[{'key':'nvidia.com/gpu','operator':'Exists'}]},'replicas':2}"));
        assertThat(SeldonServer.fromTree(server.toTree())).isEqualTo(server);
    }

    @Test
    @Proves("seldon.core2.gpu")
    void problems_officialSampleWithLimitAboveRequest_isRefused() {
        Core2Object server = read(
                "Server",
                "'serverConfig':'mlserver','extraCapabilities':['gpu'],'podSpec':{'nodeSelector':{'pool':'gpu'},"
                        + "'containers':[{'name':'mlserver','resources':{'requests':{'nvidia.com/gpu':1},"
                        + "'limits':{'nvidia.com/gpu':2}}}]}");

        assertThat(server.problems())
                .singleElement()
                .hasToString(
                        "spec.podSpec.resources.requests.nvidia.com/gpu must equal the limit 2, as Kubernetes demands"
                                + " of it, was '1'");
        assertThatThrownBy(() -> ((SeldonServer) server).toBuilder().build())
                .hasMessageStartingWith("invalid SeldonServer: spec.podSpec.resources.requests.nvidia.com/gpu");
    }

    @Test
    void toTree_installation_isTheObjectSeldonReads() {
        SeldonConfig config = SeldonConfig.builder("default")
                .addComponent(
                        Component.SCHEDULER,
                        c -> c.pod("scheduler", p -> p.image("scheduler:1"))
                                .replicas(1)
                                .addVolumeClaimTemplate(
                                        VolumeClaimTemplate.of("state", "1Gi").storageClass("fast")))
                .settings(s -> s.kafkaBootstrapServers("kafka:9092")
                        .kafkaTopicPrefix("air")
                        .putKafkaConsumer("session.timeout.ms", 6000)
                        .putKafkaProducer("sasl.password", "hush-hush")
                        .addRcloneConfig("{\"secret_access_key\":\"hush-hush\"}")
                        .addRcloneConfigSecret("minio")
                        .serviceType("ClusterIP")
                        .tracingRatio("0.1"))
                .build();
        SeldonRuntime runtime = SeldonRuntime.builder("seldon")
                .seldonConfig("default")
                .addOverride(RuntimeOverride.without(Component.HODOMETER))
                .addOverride(RuntimeOverride.ofServiceType(Component.ENVOY, "LoadBalancer"))
                .build();

        assertThat(config.toTree().get("spec"))
                .isEqualTo(tree("{'components':[{'name':'seldon-scheduler','replicas':1,'podSpec':{'containers':"
                        + "[{'name':'scheduler','image':'scheduler:1'}]},'volumeClaimTemplates':[{'name':'state','spec':"
                        + "{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}},"
                        + "'storageClassName':'fast'}}]}],'config':{'kafkaConfig':{'bootstrap.servers':'kafka:9092',"
                        + "'topicPrefix':'air','consumer':{'session.timeout.ms':6000},"
                        + "'producer':{'sasl.password':'hush-hush'}},'agentConfig':{'rclone':{'config':"
                        + "['{\\'secret_access_key\\':\\'hush-hush\\'}'],'config_secrets':['minio']}},"
                        + "'serviceConfig':{'serviceType':'ClusterIP'},'tracingConfig':{'ratio':'0.1'}}}"));
        assertThat(SeldonConfig.fromTree(config.toTree())).isEqualTo(config);
        assertThat(config + " " + config.settings() + config.components()).doesNotContain("hush");
        assertThat(runtime.toTree().get("spec"))
                .isEqualTo(tree("{'seldonConfig':'default','overrides':[{'name':'hodometer','disable':true},"
                        + "{'name':'seldon-envoy','serviceType':'LoadBalancer'}]}"));
        assertThat(SeldonRuntime.fromTree(runtime.toTree())).isEqualTo(runtime);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Model | 'storageUri':'not a uri','memory':100000,'replicas':1.5,'preloaded':false,'dedicated':true,'llm':{'modelRef':'a'},'dataflow':{'cleanTopicsOnDelete':true},'logger':{'percent':5,'new':1},'explainer':{'type':'t','new':{'a':[1]}},'parameters':[{'name':'a','value':'b','new':true}],'requirements':[]",
                "Model | 'storageUri':'gs://a','memory':'100000','parameters':[{'name':'a'}],'explainer':{}",
                "Server | 'serverConfig':'m','podSpec':{'nodeSelector':{'a':'b'}},'imageOverrides':{'init':{'name':'i'},'agent':{'name':'a','image':'i','new':[1]}},'deploymentStrategy':{'type':'Recreate'}",
                "Server | 'serverConfig':'m','imageOverrides':{},'capabilities':[],'podSpec':{'containers':[{'name':'a','resources':{'limits':{'nvidia.com/gpu':2},'requests':{'nvidia.com/gpu':1}}}]}",
                "ServerConfig | 'podSpec':{'containers':[{'name':'m','image':'i','newField':[1,{'x':1.5}]}],'dnsPolicy':'None'},'volumeClaimTemplates':[{'name':'v','spec':{'new':1}}]",
                "ServerConfig | 'podSpec':{'containers':[]},'volumeClaimTemplates':[]",
                "Pipeline | 'steps':[{'name':'a','inputs':[],'batch':{'size':1,'rolling':false,'new':1},'new':{'deep':[[1]]}},{'name':'b','inputs':['a'],'inputsJoinType':'newest'}],'input':{'new':1},'output':{'steps':['b'],'new':1},'dataflow':{'a':1},'allowCycles':true,'maxStepRevisits':3",
                "Experiment | 'candidates':[{'name':'a','weight':1,'new':1}],'mirror':{'name':'b','percent':1,'new':1},'resourceType':'newest','new':1",
                "Experiment | 'candidates':[{'name':'a'}],'mirror':{'name':'b'}",
                "SeldonRuntime | 'seldonConfig':'d','overrides':[{'name':'seldon-envoy','disable':false,'podSpec':{'a':1}}],'config':{'kafkaConfig':{'consumer':{'a':1.5},'topics':{'numPartitions':1}},'scalingConfig':{'models':{'enable':true}},'agentConfig':{'rclone':{'new':1}},'serviceConfig':{},'tracingConfig':{'disable':false}}",
                "SeldonConfig | 'components':[{'name':'new-component','labels':{'a':'b'},'podSpec':{'containers':[]}}],'config':{'agentConfig':{'new':1}}",
            })
    @Proves("seldon.core2.values")
    void fromTree_fieldsWeDoNotKnowAtEveryLevel_comeBack(String kind, String spec) {
        Map<String, Object> tree = object(kind, spec);
        tree.put(
                "metadata",
                tree("{'name':'x','namespace':'n','finalizers':['f'],'labels':{},'annotations':{'a':'b'}}"));
        tree.put("status", tree("{'conditions':[{'type':'Ready'}]}"));

        Core2Object read = read(tree);

        assertThat(read.toTree()).isEqualTo(tree);
        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.namespace()).hasValue("n");
        assertThat(read(read.toTree())).isEqualTo(read);
    }

    @Test
    void fromTree_theV1KindOrAnotherGroup_isRefused() {
        assertThatThrownBy(() -> SeldonModel.fromTree(tree("{'apiVersion':'v1','kind':'Pod'}")))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessage("a Model of mlops.seldon.io was expected, not a v1 Pod");
        assertThatThrownBy(() -> SeldonServer.fromTree(tree("{'apiVersion':'apps.example.com/v1','kind':'Server'}")))
                .hasMessage("a Server of mlops.seldon.io was expected, not a apps.example.com/v1 Server");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Model | 'storageUri':'gs://a','preloaded':true,'schemaUri':'gs://s' | [spec.preloaded has no effect: the scheduler is not told of it, was true, spec.schemaUri has no effect: the scheduler is not told of it, was gs://s]",
                "Model | 'storageUri':'gs://a','dedicated':true | [spec.dedicated has no effect: the scheduler is not told of it; give the model a server by name, was true]",
                "Model | 'storageUri':'gs://a','logger':{'percent':5} | [spec.logger.percent has no effect: all payloads are logged, or none, was 5]",
                "Pipeline | 'steps':[{'name':'a','batch':{'size':1,'rolling':true}}] | [spec.steps[0].batch.rolling has no effect: the scheduler is not told of it, was true]",
                "Pipeline | 'steps':[{'name':'a'}],'allowCycles':true | [spec.allowCycles needs a newer Seldon than 2.6, whose cluster drops it and whose scheduler refuses cycles, was true]",
                "Model | 'storageUri':'gs://a','minReplicas':0 | [spec.minReplicas means, without replicas, that the model is loaded nowhere; set replicas, was 0]",
                "Server | 'serverConfig':'m','replicas':2,'minReplicas':1,'maxReplicas':3 | [spec.minReplicas has no effect in Seldon Core 2.6; set replicas, was 1, spec.maxReplicas has no effect in Seldon Core 2.6; set replicas, was 3]",
                "Server | 'serverConfig':'m' | []",
            })
    void warnings_whatSeldonIgnores_areSaid(String kind, String spec, String warnings) {
        Core2Object object = read(kind, spec);

        assertThat(object.problems()).isEmpty();
        assertThat(object.warnings()).hasToString(warnings);
    }

    @Test
    void warnings_serverThatStartsWithADigit_areSaid() {
        assertThat(SeldonServer.builder("2nd").serverConfig("m").build().warnings())
                .hasToString(
                        "[name should start with a letter: older versions of Kubernetes refuse the Services of its replicas, was"
                                + " '2nd']");
    }
}
