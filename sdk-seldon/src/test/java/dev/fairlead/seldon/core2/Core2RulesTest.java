package dev.fairlead.seldon.core2;

import static dev.fairlead.seldon.core2.Core2Trees.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.support.Proves;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per rule: the spec of an object that is otherwise sound, and what is said of it. */
class Core2RulesTest {
    private static final String STEP =
            "must be a step's name, with .inputs or .outputs after it, and a tensor's name after that";

    private static List<String> problems(String kind, String spec) {
        return read(kind, spec.replace("$M", "'storageUri':'gs://a'")).problems().stream()
                .map(Object::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$M,'replicas':1,'minReplicas':2 | spec.replicas must not be below minReplicas 2, was 1",
                "$M,'replicas':3,'maxReplicas':2 | spec.replicas must not be above maxReplicas 2, was 3",
                "$M,'minReplicas':3,'maxReplicas':2 | spec.minReplicas must not be above maxReplicas 2, was 3",
                "$M,'replicas':0,'minReplicas':1 | spec.replicas must not be below minReplicas 1, was 0",
                "$M,'replicas':1,'maxReplicas':0 | spec.replicas must not be above maxReplicas 0, was 1",
                "$M,'maxReplicas':0 | spec.maxReplicas must be at least 1, for so many there are without replicas and minReplicas, was 0",
                "$M,'replicas':-1 | spec.replicas must not be negative, was -1",
                "$M,'minReplicas':-1 | spec.minReplicas must not be negative, was -1",
                "$M,'maxReplicas':-1 | spec.maxReplicas must not be negative, was -1",
            })
    @Proves("seldon.core2.scaling-rules")
    void problems_scaling_areFound(String spec, String problem) {
        assertThat(problems("Model", spec)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'replicas':1 | spec.storageUri must be set, was not set",
                "'storageUri':'mlflow-artifacts:/1' | spec.storageUri must be an address the cluster can read, such as s3://bucket/path; resolve the model with an artifact root first, was mlflow-artifacts:/1",
                "'storageUri':'models/a' | spec.storageUri must name its scheme, such as s3: or gs:, or be an absolute path inside the server's pods, was models/a",
                "$M,'memory':'100Ti' | spec.memory must be whole bytes, in a form the operator can hold, such as '512Mi' or '2G', was '100Ti'",
                "$M,'memory':'100m' | spec.memory must be whole bytes, in a form the operator can hold, such as '512Mi' or '2G', was '100m'",
                "$M,'memory':'-5' | spec.memory must be whole bytes, in a form the operator can hold, such as '512Mi' or '2G', was '-5'",
                "$M,'requirements':['sklearn',' gpu'] | spec.requirements[1] must be a capability, word for word: not empty and without spaces around it, was ' gpu'",
                "$M,'requirements':[''] | spec.requirements[0] must be a capability, word for word: not empty and without spaces around it, was ''",
                "$M,'artifactVersion':-1 | spec.artifactVersion must not be negative, was -1",
                "$M,'secretName':'A_B' | spec.secretName must be a Kubernetes name: lower-case letters, digits, '-' and '.', was 'A_B'",
                "$M,'server':'ML Server' | spec.server must be a Kubernetes name: lower-case letters, digits, '-' and '.', was 'ML Server'",
                "$M,'logger':{'percent':101} | spec.logger.percent must be 0 to 100 percent, was 101",
                "$M,'explainer':{'type':'anchor_tabular','modelRef':'a','pipelineRef':'b'} | spec.explainer.modelRef must not stand beside pipelineRef: one of them is explained, was 'both'",
                "$M,'explainer':{'modelRef':'a'} | spec.explainer.type must be set, such as anchor_tabular, was not set",
                "$M,'explainer':{'type':'anchor_tabular','modelRef':'A_'} | spec.explainer.modelRef must be a Kubernetes name: lower-case letters, digits, '-' and '.', was 'A_'",
                "$M,'explainer':{'type':'anchor_tabular','modelRef':'a'},'llm':{} | spec.explainer must not stand beside llm, was 'both'",
                "$M,'parameters':[{'name':'','value':'b'}] | spec.parameters[].name must not be blank, was ''",
            })
    @Proves("seldon.core2.values")
    void problems_model_areFound(String spec, String problem) {
        assertThat(problems("Model", spec)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'steps':[] | spec.steps must hold a step, was 'none'",
                "'steps':[{'name':'a'},{'name':'a'}] | spec.steps[1].name must not be that of another step: a model is a step once, was 'a'",
                "'steps':[{'name':'flights'}] | spec.steps[0].name must not be that of the pipeline, whose name stands for what is sent to it, was 'flights'",
                "'steps':[{'name':'a.b'}] | spec.steps[0].name must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends, was 'a.b'",
                "'steps':[{'inputs':['flights']}] | spec.steps[0].name must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends, was not set",
                "'steps':[{'name':'a'},{'name':'b','inputs':['c']}] | spec.steps[1].inputs[0] must name a step of the pipeline, [a, b], or the pipeline itself, was 'c'",
                "'steps':[{'name':'a'},{'name':'b','inputs':['a','A']}] | spec.steps[1].inputs[1] must name a step of the pipeline, [a, b], or the pipeline itself, was 'A'",
                "'steps':[{'name':'a'},{'name':'b','triggers':['c']}] | spec.steps[1].triggers[0] must name a step of the pipeline, [a, b], or the pipeline itself: Seldon Core 2.6 dies over any other, again and again, was 'c'",
                "'steps':[{'name':'a'},{'name':'b','inputs':['a.output']}] | spec.steps[1].inputs[0] $S, was 'a.output'",
                "'steps':[{'name':'a'},{'name':'b','inputs':['a.']}] | spec.steps[1].inputs[0] $S, was 'a.'",
                "'steps':[{'name':'a'},{'name':'b','inputs':['']}] | spec.steps[1].inputs[0] $S, was ''",
                "'steps':[{'name':'a'},{'name':'b','inputs':['a.outputs.t.u']}] | spec.steps[1].inputs[0] $S, was 'a.outputs.t.u'",
                "'steps':[{'name':'a'},{'name':'b','inputs':['a.outputs.']}] | spec.steps[1].inputs[0] $S, was 'a.outputs.'",
                "'steps':[{'name':'a'},{'name':'b','triggers':['a.x']}] | spec.steps[1].triggers[0] $S, was 'a.x'",
                "'steps':[{'name':'a','inputs':['a.inputs']}] | spec.steps must not form a cycle, unless allowCycles is set and Seldon knows it, was 'a <- a'",
                "'steps':[{'name':'z','inputs':['c']},{'name':'a','inputs':['c']},{'name':'b','inputs':['a']},{'name':'c','triggers':['b.outputs']}] | spec.steps must not form a cycle, unless allowCycles is set and Seldon knows it, was 'c <- b <- a <- c'",
                "'steps':[{'name':'a','inputsJoinType':'left'}] | spec.steps[0].inputsJoinType must be one of [inner, outer, any]; Seldon takes any other for inner, was left",
                "'steps':[{'name':'a','triggersJoinType':'INNER'}] | spec.steps[0].triggersJoinType must be one of [inner, outer, any]; Seldon takes any other for inner, was INNER",
                "'steps':[{'name':'a','joinWindowMs':-1}] | spec.steps[0].joinWindowMs must be whole milliseconds, not negative, was PT-0.001S",
                "'steps':[{'name':'a','batch':{'size':-1}}] | spec.steps[0].batch.size must not be negative, was -1",
                "'steps':[{'name':'a','batch':{'windowMs':-1}}] | spec.steps[0].batch.windowMs must be whole milliseconds, not negative, was PT-0.001S",
                "'steps':[{'name':'a'}],'input':{} | spec.input.externalInputs must hold an input; leave the whole of input out for a pipeline that is sent requests, was 'none'",
                "'steps':[{'name':'a'}],'input':{'externalInputs':['b.x']} | spec.input.externalInputs[0] $P, was 'b.x'",
                "'steps':[{'name':'a'}],'input':{'externalInputs':['b.step']} | spec.input.externalInputs[0] $P, was 'b.step'",
                "'steps':[{'name':'a'}],'input':{'externalInputs':['b.step.s.x']} | spec.input.externalInputs[0] $P, was 'b.step.s.x'",
                "'steps':[{'name':'a'}],'input':{'externalInputs':['b.step.s.outputs.t.u']} | spec.input.externalInputs[0] $P, was 'b.step.s.outputs.t.u'",
                "'steps':[{'name':'a'}],'input':{'externalInputs':['b.outputs.t.u']} | spec.input.externalInputs[0] $P, was 'b.outputs.t.u'",
                "'steps':[{'name':'a'}],'input':{'externalInputs':['']} | spec.input.externalInputs[0] $P, was ''",
                "'steps':[{'name':'a'}],'input':{'externalInputs':['b'],'externalTriggers':['b.x']} | spec.input.externalTriggers[0] $P, was 'b.x'",
                "'steps':[{'name':'a'}],'input':{'externalInputs':['b'],'joinType':'x'} | spec.input.joinType must be one of [inner, outer, any]; Seldon takes any other for inner, was x",
                "'steps':[{'name':'a'}],'output':{'steps':['c']} | spec.output.steps[0] must name a step of the pipeline, [a], was 'c'",
                "'steps':[{'name':'a'}],'output':{'steps':['flights.inputs']} | spec.output.steps[0] must name a step of the pipeline, [a], was 'flights.inputs'",
                "'steps':[{'name':'a'}],'output':{'steps':['a.x']} | spec.output.steps[0] $S, was 'a.x'",
                "'steps':[{'name':'a'}],'output':{'steps':['a'],'stepsJoin':'x'} | spec.output.stepsJoin must be one of [inner, outer, any]; Seldon takes any other for inner, was x",
                "'steps':[{'name':'a'}],'maxStepRevisits':-1 | spec.maxStepRevisits must not be negative, was -1",
            })
    @Proves("seldon.core2.pipeline-rules")
    void problems_pipeline_areFound(String spec, String problem) {
        assertThat(problems("Pipeline", spec))
                .containsExactly(problem.replace("$S", STEP)
                        .replace(
                                "$P",
                                "must be a pipeline's name, with .inputs, .outputs or .step.<name> after it, and a tensor's name"
                                        + " after that"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'candidates':[] | spec.candidates must hold a candidate, unless there is a mirror, was 'none'",
                "'candidates':[{'name':'a','weight':1},{'name':'a','weight':1}] | spec.candidates[1].name must not be that of another candidate, was 'a'",
                "'candidates':[{'name':'a','weight':-1},{'name':'b','weight':5}] | spec.candidates[0].weight must not be negative, was -1",
                "'candidates':[{'name':'a','weight':0},{'name':'b','weight':0}] | spec.candidates must have a weight above 0 among them: Envoy takes no routes at all with one whose weights are all 0, was 0",
                "'candidates':[{'name':'','weight':1}] | spec.candidates[0].name must not be blank, was ''",
                "'candidates':[{'name':'a','weight':1}],'default':'b' | spec.default must be one of the candidates [a], was 'b'",
                "'candidates':[],'mirror':{'name':'b','percent':1},'default':'b' | spec.default must be one of the candidates [], was 'b'",
                "'candidates':[{'name':'a','weight':1}],'mirror':{'name':'a','percent':1} | spec.mirror.name must not be that of a candidate, was 'a'",
                "'candidates':[{'name':'a','weight':1}],'mirror':{'name':'b','percent':101} | spec.mirror.percent must be 0 to 100 percent, was 101",
                "'candidates':[{'name':'a','weight':1}],'resourceType':'server' | spec.resourceType must be one of [model, pipeline]; Seldon takes any other for model, was server",
            })
    @Proves("seldon.core2.experiment-rules")
    void problems_experiment_areFound(String spec, String problem) {
        assertThat(problems("Experiment", spec)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Server | 'replicas':1 | spec.serverConfig must be set, was not set",
                "Server | 'serverConfig':'m','capabilities':['a,b'] | spec.capabilities[0] must be a word: not empty, without spaces around it and without a comma, which parts it in two, was 'a,b'",
                "Server | 'serverConfig':'m','extraCapabilities':['a',''] | spec.extraCapabilities[1] must be a word: not empty, without spaces around it and without a comma, which parts it in two, was ''",
                "Server | 'serverConfig':'m','minReplicas':2,'maxReplicas':1 | spec.minReplicas must not be above maxReplicas 1, was 2",
                "Server | 'serverConfig':'m','podSpec':{'containers':[{'name':'m','resources':{'claims':[{'name':'gpu'}]}}]} | spec.podSpec.containers[m].resources.claims must not be set: the cluster silently drops claims of devices here, was [{name=gpu}]",
                "Server | 'serverConfig':'m','podSpec':{'containers':[{'name':'m','image':' a'}]} | spec.podSpec.image must be an image reference without spaces around it, was ' a'",
                "ServerConfig | 'volumeClaimTemplates':[] | spec.podSpec must be set, was not set",
                "ServerConfig | 'podSpec':{'containers':[{'name':'m'}]},'volumeClaimTemplates':[{'name':'a','spec':{'accessModes':['ReadWriteOnce']}},{'name':'a','spec':{'accessModes':['ReadWriteOnce']}}] | spec.volumeClaimTemplates[1].name must not be that of another volume, was 'a'",
                "ServerConfig | 'podSpec':{'containers':[{'name':'m'}]},'volumeClaimTemplates':[{'name':'a','spec':{}}] | spec.volumeClaimTemplates[0].spec.accessModes must be set: no pod is made without it, was not set",
                "SeldonRuntime | 'overrides':[] | spec.seldonConfig must be set, was not set",
                "SeldonRuntime | 'seldonConfig':'d','overrides':[{'name':'hodometer'},{'name':'hodometer'}] | spec.overrides[1].name must not be that of another entry, was hodometer",
                "SeldonRuntime | 'seldonConfig':'d','overrides':[{'name':'hodometer','replicas':-1}] | spec.overrides[0].replicas must not be negative, was -1",
                "SeldonRuntime | 'seldonConfig':'d','overrides':[{'name':'seldon-envoy','serviceType':'Public'}] | spec.overrides[0].serviceType must be one of [ClusterIP, NodePort, LoadBalancer, ExternalName], was 'Public'",
                "SeldonRuntime | 'seldonConfig':'d','config':{'kafkaConfig':{'topicPrefix':'a.b'}} | spec.config.kafkaConfig.topicPrefix must be letters, digits, '-' and '_': a dot parts the words of a topic's name, was 'a.b'",
                "SeldonRuntime | 'seldonConfig':'d','config':{'tracingConfig':{'ratio':'2'}} | spec.config.tracingConfig.ratio must be a number from 0 to 1, was '2'",
                "SeldonConfig | 'components':[{'name':'hodometer'}] | spec.components[0].podSpec must be set: the operator dies over a component without pods, again and again, was not set",
            })
    @Proves("seldon.core2.values")
    void problems_serversAndInstallations_areFound(String kind, String spec, String problem) {
        assertThat(problems(kind, spec)).containsExactly(problem);
    }

    @Test
    @Proves("seldon.core2.values")
    void build_manyProblems_reportsAllAtOnceWithTheirPlaces() {
        assertThatThrownBy(() -> SeldonPipeline.builder("Flights")
                        .putLabel("a b", "c")
                        .addStep("a", "b")
                        .addStep(
                                "b",
                                s -> s.addInput(StepRef.of("a"))
                                        .addTrigger(StepRef.outputs("gone"))
                                        .inputsJoinType(JoinType.of("left")))
                        .output("c")
                        .build())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("invalid SeldonPipeline, 6 problems:"
                        + "\n  - name must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends,"
                        + " was 'Flights'"
                        + "\n  - labels[a b] must have a key of the form name or domain/name, was 'a b'"
                        + "\n  - spec.steps[1].triggers[0] must name a step of the pipeline, [a, b], or the pipeline itself:"
                        + " Seldon Core 2.6 dies over any other, again and again, was 'gone.outputs'"
                        + "\n  - spec.steps[1].inputsJoinType must be one of [inner, outer, any]; Seldon takes any other for"
                        + " inner, was left"
                        + "\n  - spec.steps must not form a cycle, unless allowCycles is set and Seldon knows it, was"
                        + " 'a <- b <- a'"
                        + "\n  - spec.output.steps[0] must name a step of the pipeline, [a, b], was 'c'");
    }

    @Test
    @Proves("seldon.core2.values")
    void build_names_areThoseThatWork() {
        assertThatThrownBy(() ->
                        SeldonServer.builder("s".repeat(53)).serverConfig("m").build())
                .hasMessageStartingWith(
                        "invalid SeldonServer: name must be at most 52 characters: with more it gets no pods, and is"
                                + " reported ready all the same, was 'sss");
        assertThatThrownBy(() -> SeldonServer.builder("a.b").serverConfig("m").build())
                .hasMessageContaining("name must be 1 to 63 lower-case letters, digits and '-'");
        assertThatThrownBy(() ->
                        SeldonModel.builder("a.pipeline").storageUri("gs://a").build())
                .hasMessage(
                        "invalid SeldonModel: name must not end in .pipeline or .experiment, by which requests are sent to"
                                + " those, was 'a.pipeline'");
        assertThat(SeldonModel.builder("a.b").storageUri("gs://a").build().problems())
                .isEmpty();
        assertThatThrownBy(() -> SeldonExperiment.builder().addCandidate("a", 1).build())
                .hasMessage(
                        "invalid SeldonExperiment: name must be a Kubernetes name: lower-case letters, digits, '-' and '.', was"
                                + " not set");
    }

    @Test
    @Proves("seldon.core2.gpu")
    void build_gpuThatHasNoPlaceInAServer_isRefused() {
        assertThatThrownBy(() -> SeldonServer.builder("s")
                        .serverConfig("m")
                        .pod("m", p -> p.gpu(Gpu.claim("gpu", "claim")))
                        .build())
                .hasMessageContaining(
                        "spec.podSpec.containers[m].resources.claims must not be set: the cluster silently drops");
        assertThatThrownBy(() -> ServerConfig.builder("m")
                        .pod("m", p -> p.gpu(Gpu.fraction(0.5)))
                        .build())
                .hasMessageContaining("spec.podSpec must have no labels and annotations");
        assertThatThrownBy(() -> ServerConfig.builder("m")
                        .pod(
                                "m",
                                p -> p.field(
                                        "resources",
                                        Map.of(
                                                "requests",
                                                Map.of("nvidia.com/gpu", 1),
                                                "limits",
                                                Map.of("nvidia.com/gpu", 2))))
                        .build())
                .hasMessageContaining("requests.nvidia.com/gpu must equal the limit 2");
        assertThatThrownBy(() -> SeldonServer.builder("s")
                        .serverConfig("m")
                        .agent(a -> a.gpu(Gpu.nvidia(1)))
                        .build())
                .hasMessageContaining("spec.imageOverrides.agent must be a container alone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'100' | 100",
                "'+5' | 5",
                "'1k' | 1000",
                "'1.5k' | 1500",
                "'1500.0k' | 1500000",
                "'1.5G' | 1500000000",
                "'1e3' | 1000",
                "'1E3' | 1000",
                "'2E' | 2000000000000000000",
                "'100Ki' | 102400",
                "'1Gi' | 1073741824",
                "'10Ti' | 10995116277760",
                "'007' | 7",
                "'1.Gi' | 1073741824",
                "'.5k' | 500",
                "'1.5Gi' | 1610612736",
                "'1000m' | 1",
                "'1.0' | 1",
                "'0' | 0",
                "'12345678901Ki' | 12641975194624",
                "'99999999Mi' | 104857598951424",
                "'99999Gi' | 107373108658176",
                "'100m' | ",
                "'1500m' | ",
                "'0.5' | ",
                "'100Ti' | ",
                "'1Pi' | ",
                "'900E' | ",
                "'123456789012Ki' | ",
                "'123456789Mi' | ",
                "'123456Gi' | ",
                "'-5' | ",
                "'' | ",
                "'Gi' | ",
                "'5 Gi' | ",
                "'5GB' | ",
                "'1e-3' | ",
                "'9999999999999999999' | "
            })
    void bytes_quantity_isReadAsTheOperatorDoes(String quantity, Long bytes) {
        assertThat(MemoryAmount.bytes(quantity))
                .isEqualTo(bytes == null ? java.util.OptionalLong.empty() : java.util.OptionalLong.of(bytes));
    }
}
