package dev.fairlead.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per rule: the predictors (or the whole spec) of an object that is otherwise sound, and what is said of it. */
@Proves("seldon.validation")
class DeploymentRulesTest {
    private static final String MODEL = "'graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a/b'}";

    private static SeldonDeployment deployment(String spec) {
        String json = "{'metadata':{'name':'flights'},'spec':{" + spec.replace("$M", MODEL) + "}}";
        return SeldonDeployment.fromTree(
                JsonCodec.camelCase().object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "test"));
    }

    private static List<String> problems(String spec) {
        return deployment(spec).problems().stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'predictors':[] | predictors must hold a predictor, was 'none'",
                "'protocol':'v3','predictors':[{'name':'p',$M}] | protocol must be one of [seldon, tensorflow, v2, kfserving], was v3",
                "'transport':'soap','predictors':[{'name':'p',$M}] | transport must be one of [rest, grpc], was soap",
                "'replicas':-1,'predictors':[{'name':'p',$M}] | replicas must not be negative, was -1",
                "'serverType':'x','predictors':[{'name':'p',$M}] | serverType must be rpc or kafka, was x",
                "'serverType':'kafka','predictors':[{'name':'p',$M,'svcOrchSpec':{'env':[{'name':'KAFKA_BROKER','value':'b'}]}}] | predictors[0].svcOrchSpec.env must set KAFKA_BROKER, KAFKA_INPUT_TOPIC and KAFKA_OUTPUT_TOPIC for the server type kafka, was 'without [KAFKA_INPUT_TOPIC, KAFKA_OUTPUT_TOPIC]'",
                "'annotations':{'seldon.io/rest-timeout':'5s'},'predictors':[{'name':'p',$M}] | settings[seldon.io/rest-timeout] must be a whole number of milliseconds, at least 1, was '5s'",
                "'annotations':{'seldon.io/istio-retries':'-1'},'predictors':[{'name':'p',$M}] | settings[seldon.io/istio-retries] must be a whole number, not negative, was '-1'",
                "'annotations':{'seldon.io/headless-svc':'yes'},'predictors':[{'name':'p',$M}] | settings[seldon.io/headless-svc] must be 'true' or 'false': the operator takes all but 'false' for true, was 'yes'",
                "'annotations':{'seldon.io/no-engine':'true'},'predictors':[{'name':'p',$M}] | settings[seldon.io/no-engine] must be an annotation of a predictor; it has no effect here, was 'true'",
                "'predictors':[{'name':'P',$M}] | predictors[0].name must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends, was 'P'",
                "'predictors':[{$M}] | predictors[0].name must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends, was not set",
                "'predictors':[{'name':'p'}] | predictors[0].graph must be set, was not set",
                "'predictors':[{'name':'p',$M,'traffic':50},{'name':'p',$M,'traffic':50}] | predictors[1].name must not be that of another predictor, was 'p'",
                "'predictors':[{'name':'p',$M,'replicas':-2}] | predictors[0].replicas must not be negative, was -2",
                "'predictors':[{'name':'p',$M,'labels':{'a':'b c'}}] | predictors[0].labels[a] must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends, was 'b c'",
                "'predictors':[{'name':'p',$M,'annotations':{'a b':'c'}}] | predictors[0].annotations[a b] must have a key of the form name or domain/name, was 'a b'",
                "'predictors':[{'name':'p',$M,'annotations':{'seldon.io/svc-name':'A_b'}}] | predictors[0].annotations[seldon.io/svc-name] must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends, was 'A_b'",
                "'predictors':[{'name':'p',$M,'traffic':50,'annotations':{'seldon.io/svc-name':'s'}},{'name':'q',$M,'traffic':50,'annotations':{'seldon.io/svc-name':'s'}}] | predictors[1].annotations[seldon.io/svc-name] must not be that of another predictor, was 's'",
                "'predictors':[{'name':'p',$M,'progressDeadlineSeconds':0}] | predictors[0].progressDeadline must be whole seconds, at least 1, was PT0S",
                "'predictors':[{'name':'p',$M,'traffic':50}] | predictors must have traffic 100, or none said, where only one predictor answers, was 50",
                "'predictors':[{'name':'p',$M,'traffic':120}] | predictors[0].traffic must be 0 to 100 percent, was 120",
                "'predictors':[{'name':'p',$M,'traffic':50},{'name':'q',$M,'traffic':40}] | predictors must have traffic that adds up to 100 percent, was 90",
                "'predictors':[{'name':'p',$M},{'name':'q',$M}] | predictors must have traffic that adds up to 100 percent, was 0",
                "'predictors':[{'name':'p',$M,'traffic':150},{'name':'q',$M,'traffic':-50}] | predictors[1].traffic must be 0 to 100 percent, was -50",
                "'predictors':[{'name':'p',$M,'shadow':true}] | predictors must hold one that is no shadow, was 'shadows only'",
                "'predictors':[{'name':'p',$M},{'name':'q',$M,'shadow':true},{'name':'r',$M,'shadow':true}] | predictors must hold at most one shadow, was 2",
                "'predictors':[{'name':'p',$M,'traffic':100},{'name':'q',$M,'shadow':true,'traffic':101}] | predictors[1].traffic must be 0 to 100 percent, was 101",
                "'predictors':[{'name':'p','graph':{'name':'M','implementation':'MLFLOW_SERVER','modelUri':'s3://a'}}] | predictors[0].graph.name must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends, was 'M'",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER'}}] | predictors[0].graph.modelUri must be set for MLFLOW_SERVER, was not set",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'OUR_SERVER'}}] | predictors[0].graph.modelUri must be set for OUR_SERVER, was not set",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'/data/m'}}] | predictors[0].graph.modelUri must name its scheme, such as s3:, gs:, pvc: or https:, was /data/m",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'file:///m'}}] | predictors[0].graph.modelUri must be an address the cluster can read, such as s3://bucket/path; resolve the model with an artifact root first, was file:///m",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a','envSecretRefName':'A_B'}}] | predictors[0].graph.envSecretRefName must be a Kubernetes name: lower-case letters, digits, '-' and '.', was 'A_B'",
                "'predictors':[{'name':'p','graph':{'name':'m','type':'MODEL'}}] | predictors[0].graph.implementation must be set, or a container named 'm' must stand in componentSpecs, was 'neither'",
                "'predictors':[{'name':'p','graph':{'name':'m','type':'MODEL'},'componentSpecs':[{'spec':{'containers':[{'name':'m'}]}}]}] | predictors[0].graph.implementation must be set, or the container 'm' must have an image, was 'neither'",
                "'predictors':[{'name':'p','graph':{'name':'m','type':'UNKNOWN_TYPE'},'componentSpecs':[{'spec':{'containers':[{'name':'m','image':'i'}]}}]}] | predictors[0].graph.methods must be set for a node of UNKNOWN_TYPE, was 'none'",
                "'predictors':[{'name':'p','graph':{'name':'m','methods':['PREDICT'],'implementation':'SIMPLE_MODEL'}}] | predictors[0].graph.methods must be of [TRANSFORM_INPUT, TRANSFORM_OUTPUT, ROUTE, AGGREGATE, SEND_FEEDBACK]; Seldon skips any other, was PREDICT",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'n'}]}}]}] | predictors[0].componentSpecs must name a node of the graph [m] by every container without an image, was 'n'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'replicas':2,'spec':{},'hpaSpec':{'maxReplicas':3}}]}] | predictors[0].componentSpecs[0].replicas must not be set with hpaSpec or kedaSpec, which decide it, was 2",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{},'hpaSpec':{'maxReplicas':3},'kedaSpec':{}}]}] | predictors[0].componentSpecs[0].hpaSpec must not stand beside kedaSpec, which silently wins, was 'both'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{},'hpaSpec':{'maxReplicas':3,'metrics':[],'metricsv2':[]}}]}] | predictors[0].componentSpecs[0].hpaSpec.metricsv2 must not stand beside metrics, which silently wins, was 'both'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{},'pdbSpec':{'maxUnavailable':1}},{'spec':{},'pdbSpec':{'maxUnavailable':1}}]}] | predictors must hold at most one pdbSpec: each covers all pods of the deployment, and what two cover cannot be evicted, was 2",
                "'predictors':[{'name':'p','annotations':{'seldon.io/no-engine':'false'},'graph':{'name':'a','implementation':'SIMPLE_ROUTER','children':[{'name':'b','implementation':'SIMPLE_MODEL'}]}}] | predictors[0].annotations[seldon.io/no-engine] must not be set, whatever its value, on a graph of more than one node, was 'false'",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_ROUTER','children':[{'name':'a','implementation':'SIMPLE_MODEL'}]}}] | predictors[0].graph.children[0].name must not be that of another node of the graph, was 'a'",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'RANDOM_ABTEST','parameters':[{'name':'ratioA','type':'FLOAT','value':'half'}]}}] | predictors[0].graph.parameters[ratioA].value must be a text of type FLOAT, was 'half'",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_MODEL','parameters':[{'name':'n','type':'LONG','value':'1'}]}}] | predictors[0].graph.parameters[n].type must be INT, FLOAT, DOUBLE, STRING or BOOL, was 'LONG'",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_MODEL','logger':{'mode':'both'}}}] | predictors[0].graph.logger.mode must be all, request or response, was 'both'",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_MODEL','logger':{'url':'http://a'}}}] | predictors[0].graph.logger.mode must be all, request or response, was not set",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_MODEL','endpoint':{'type':'TCP'}}}] | predictors[0].graph.endpoint.type must be REST or GRPC, was TCP",
                "'transport':'grpc','predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_MODEL','endpoint':{'type':'REST'}}}] | predictors[0].graph.endpoint.type must agree with the deployment's transport grpc; leave it out, was REST",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_ROUTER','endpoint':{'type':'REST'},'children':[{'name':'b','implementation':'SIMPLE_MODEL','endpoint':{'type':'GRPC'}}]}}] | predictors[0].graph must have one endpoint.type; set the deployment's transport instead, was [REST, GRPC]",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'TRITON_SERVER','modelUri':'gs://a'}}] | predictors[0].graph.implementation must be a server that speaks the protocol seldon; set protocol v2, was TRITON_SERVER",
                "'protocol':'seldon','predictors':[{'name':'p','graph':{'name':'m','implementation':'HUGGINGFACE_SERVER'}}] | predictors[0].graph.implementation must be a server that speaks the protocol seldon; set protocol v2, was HUGGINGFACE_SERVER",
                "'protocol':'tensorflow','predictors':[{'name':'p',$M}] | predictors[0].graph.implementation must be a server that speaks the protocol tensorflow; set protocol v2, was MLFLOW_SERVER",
                "'protocol':'v2','predictors':[{'name':'p','graph':{'name':'m','implementation':'TENSORFLOW_SERVER','modelUri':'gs://a'}}] | predictors[0].graph.implementation must be a server that speaks the protocol v2, was TENSORFLOW_SERVER",
                "'predictors':[{'name':'p',$M,'traffic':50,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'pdbSpec':{'minAvailable':1}}]},{'name':'q',$M,'traffic':50,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'pdbSpec':{'minAvailable':1}}]}] | predictors must hold at most one pdbSpec: each covers all pods of the deployment, and what two cover cannot be evicted, was 2",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'pdbSpec':{'minAvailable':1,'maxUnavailable':1}}]}] | predictors[0].componentSpecs[0].pdbSpec.minAvailable must be set, or maxUnavailable, and not both, was 'both'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'pdbSpec':{}}]}] | predictors[0].componentSpecs[0].pdbSpec.minAvailable must be set, or maxUnavailable, and not both, was 'neither'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'pdbSpec':{'minAvailable':'half'}}]}] | predictors[0].componentSpecs[0].pdbSpec.minAvailable must be a whole number, or a percentage up to 100%, was 'half'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'hpaSpec':{}}]}] | predictors[0].componentSpecs[0].hpaSpec.maxReplicas must be set, was not set",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'hpaSpec':{'maxReplicas':0}}]}] | predictors[0].componentSpecs[0].hpaSpec.maxReplicas must be at least 1, was 0",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'hpaSpec':{'minReplicas':5,'maxReplicas':3}}]}] | predictors[0].componentSpecs[0].hpaSpec.minReplicas must not be above maxReplicas 3, was 5",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'hpaSpec':{'minReplicas':0,'maxReplicas':3}}]}] | predictors[0].componentSpecs[0].hpaSpec.minReplicas must be at least 1; kedaSpec is what scales to zero, was 0",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'hpaSpec':{'maxReplicas':3,'metricsv2':[{'type':'Cpu','resource':{'name':'cpu'}}]}}]}] | predictors[0].componentSpecs[0].hpaSpec.metricsv2[0].type must be one of [ContainerResource, External, Object, Pods, Resource], was 'Cpu'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'hpaSpec':{'maxReplicas':3,'metricsv2':[{'type':'Pods','resource':{'name':'cpu'}}]}}]}] | predictors[0].componentSpecs[0].hpaSpec.metricsv2[0].pods must be set, and no other source, for the type Pods, was [resource]",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{}}]}] | predictors[0].componentSpecs[0].kedaSpec.triggers must hold a trigger, was 'none'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'triggers':[{'metadata':{'a':'b'}}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.triggers[0].type must not be blank, was ''",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'triggers':[{'type':'prometheus'}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.triggers[0].metadata must be set, was 'nothing'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'triggers':[{'type':'kafka','metricType':'Sum','metadata':{'a':'b'}}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.triggers[0].metricType must be AverageValue, Value or Utilization, was 'Sum'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'triggers':[{'type':'cpu','metadata':{'value':'60'}}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.minReplicaCount must be at least 1 where only cpu or memory is looked at, which no pod uses at zero, was 0",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'minReplicaCount':1,'fallback':{'failureThreshold':3,'replicas':2},'triggers':[{'type':'cpu','metadata':{'value':'60'}}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.fallback must not be set with a trigger on cpu or memory, for which KEDA has none, was 2",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'fallback':{'failureThreshold':-3,'replicas':2},'triggers':[{'type':'kafka','metadata':{'value':'60'}}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.fallback.failureThreshold must not be negative, was Fallback[failureThreshold=-3, replicas=2]",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'minReplicaCount':4,'maxReplicaCount':3,'triggers':[{'type':'kafka','metadata':{'value':'60'}}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.minReplicaCount must not be above maxReplicaCount 3, was 4",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'idleReplicaCount':0,'triggers':[{'type':'kafka','metadata':{'value':'60'}}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.idleReplicaCount must be 0, below a minReplicaCount of at least 1: KEDA takes no other, was 0",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'kedaSpec':{'pollingInterval':0,'triggers':[{'type':'kafka','metadata':{'value':'60'}}]}}]}] | predictors[0].componentSpecs[0].kedaSpec.pollingInterval must be whole seconds, at least 1, was PT0S",
                "'predictors':[{'name':'p',$M,'svcOrchSpec':{'replicas':-1}}] | predictors[0].svcOrchSpec.replicas must not be negative, was -1",
                "'predictors':[{'name':'p',$M,'svcOrchSpec':{'env':[{'name':'A','value':'1'},{'name':'A','value':'2'}]}}] | predictors[0].svcOrchSpec.env[A] must be set once, was 'A'",
                "'predictors':[{'name':'p',$M,'svcOrchSpec':{'env':[{'name':'A','value':'1','valueFrom':{}}]}}] | predictors[0].svcOrchSpec.env[A] must have a value or a source, not both, was A",
                "'predictors':[{'name':'p',$M,'ssl':{'certSecretName':'A_b'}}] | predictors[0].ssl.certSecretName must be a Kubernetes name: lower-case letters, digits, '-' and '.', was 'A_b'",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'dummy value'}}] | predictors[0].graph.modelUri must be a URI, was 'dummy value'",
                "'predictors':[{'name':'p','graph':{'name':'m'},'componentSpecs':[{'spec':{'containers':[{'name':'m','image':'i','volumeMounts':[{'name':'v','mountPath':'/v'}]}]}}]}] | predictors[0].componentSpecs[0].spec.mount[/v] must name a volume of the pod, which has [], was 'v'",
                "'predictors':[{'name':'p',$M,'explainer':{'modelUri':'s3://a'}}] | predictors[0].explainer.type must be set; without it the operator silently makes no explainer, was not set",
                "'predictors':[{'name':'p',$M,'explainer':{'type':'Anchor'}}] | predictors[0].explainer.type must be one of [AnchorTabular, AnchorImages, AnchorText, Counterfactuals, Contrastive, KernelShap, IntegratedGradients, ALE, TreeShap]; no server knows another, was Anchor",
                "'predictors':[{'name':'p',$M,'explainer':{'type':'ALE','modelUri':'models:/a/1'}}] | predictors[0].explainer.modelUri must be an address the cluster can read, such as s3://bucket/path; resolve the model with an artifact root first, was models:/a/1",
                "'predictors':[{'name':'p',$M,'explainer':{'type':'ALE','replicas':-1}}] | predictors[0].explainer.replicas must not be negative, was -1",
                "'predictors':[{'name':'p',$M,'explainer':{'type':'ALE','containerSpec':{'name':'e','image':'i','ports':[{'name':'http','containerPort':8080}]}}}] | predictors[0].explainer.containerSpec.ports[http] must be the endpoint's service_port, 9000, for the Service leads there, was 8080",
                "'predictors':[{'name':'p',$M,'explainer':{'type':'ALE','endpoint':{'service_port':70000}}}] | predictors[0].explainer.endpoint.service_port must be a port, was 70000",
                "'annotations':{'seldon.io/ambassador-regex-header':'a:b'},'predictors':[{'name':'p',$M}] | settings[seldon.io/ambassador-regex-header] must stand beside seldon.io/ambassador-header: with Ambassador 2 the operator reads that one instead, and crashes without it, was 'a:b'",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'SIMPLE_MODEL'}}] | predictors[0].componentSpecs must begin with a pod that holds a container of the graph: the orchestrator goes beside it; else set seldon.io/engine-separate-pod, was 'no pod'",
                "'predictors':[{'name':'p','annotations':{'seldon.io/no-engine':'true'},'graph':{'name':'m','implementation':'SIMPLE_MODEL'}}] | predictors[0].annotations[seldon.io/no-engine] must not be set where no container runs the node: nothing answers, and an explainer beside it crashes the operator, was 'true'",
                "'predictors':[{'name':'p','graph':{'name':'m'},'componentSpecs':[{'spec':{'containers':[{'name':'side','image':'i'}]}},{'spec':{'containers':[{'name':'m','image':'i'}]}}]}] | predictors[0].componentSpecs must begin with a pod that holds a container of the graph: the orchestrator goes beside it; else set seldon.io/engine-separate-pod, was 'none of the graph in the first pod'",
                "'predictors':[{'name':'p','graph':{'name':'m'},'componentSpecs':[{'spec':{'containers':[{'name':'m','image':'i'}]}},{'spec':{'containers':[{'name':'m','image':'i'}]}}]}] | predictors[0].componentSpecs[1] must not name a container of the graph that another pod holds already, was 'm'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'},{'name':'seldon-container-engine','image':'i'}]}}]}] | predictors[0].componentSpecs[0] must not name a container as the orchestrator's, was 'seldon-container-engine'",
                "'predictors':[{'name':'p','ssl':{'certSecretName':'tls'},'graph':{'name':'a','implementation':'SIMPLE_ROUTER','children':[{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://m'}]}}] | predictors[0].ssl.certSecretName must not be set where no container runs the graph's first node: the operator crashes, for every deployment, was 'tls'",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_ROUTER','modelUri':'s3://r','children':[{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://m'}]}}] | predictors[0].graph.modelUri must not be set where no container holds the model, was s3://r",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'MLFLOW_SERVER','modelUri':'pvc://c/a','children':[{'name':'b','implementation':'MLFLOW_SERVER','modelUri':'pvc://c/b'}]}}] | predictors[0].graph must have one model from pvc:// in a pod, for its volume has one name; put the others into pods of their own, was [a, b]",
                "'predictors':[{'name':'p','graph':{'name':'a','implementation':'TENSORFLOW_SERVER','modelUri':'gs://c/a','children':[{'name':'b','implementation':'TENSORFLOW_SERVER','modelUri':'gs://c/b'}]}}] | predictors[0].graph must have one node of TENSORFLOW_SERVER in a pod: they would share the first one's server, was [a, b]",
                "'predictors':[{'name':'p',$M,'traffic':50},{'name':'p-m',$M,'traffic':50}] | predictors must not make two objects of one name; rename a predictor, a node or a Service, was 'Service flights-p-m for container 'm' and for predictor 'p-m''",
                "'predictors':[{'name':'p',$M,'annotations':{'seldon.io/svc-name':'flights-p-m'}}] | predictors must not make two objects of one name; rename a predictor, a node or a Service, was 'Service flights-p-m for container 'm' and for predictor 'p''"
            })
    void build_oneRuleBroken_saysPlaceRuleAndValue(String spec, String problem) {
        assertThat(problems(spec)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'name':'x','oauth_key':'k','predictors':[{'name':'p',$M}] | spec.oauth_key has no effect any more; leave it out, was 'set'",
                "'annotations':{'seldon.io/istio-retries-timeout':'2'},'predictors':[{'name':'p',$M}] | settings[seldon.io/istio-retries-timeout] has no effect without seldon.io/istio-retries, was '2'",
                "'annotations':{'seldon.io/no-storage-initializer':'true'},'predictors':[{'name':'p',$M}] | settings[seldon.io/no-storage-initializer] has no effect without a node of TRITON_SERVER, was 'true'",
                "'predictors':[{'name':'p',$M,'engineResources':{'limits':{'cpu':'1'}}}] | predictors[0].engineResources has no effect any more; set the orchestrator's resources, was 'set'",
                "'predictors':[{'name':'p',$M,'annotations':{'seldon.io/no-engine':'true'},'svcOrchSpec':{'env':[{'name':'A','value':'1'}]}}] | predictors[0].svcOrchSpec has no effect with the annotation seldon.io/no-engine, was 'set'",
                "'predictors':[{'name':'p',$M,'svcOrchSpec':{'replicas':2}}] | predictors[0].svcOrchSpec.replicas has no effect without the setting seldon.io/engine-separate-pod, was 2",
                "'predictors':[{'name':'p',$M,'replicas':2,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'hpaSpec':{'maxReplicas':3}}]}] | predictors[0].replicas has no effect where autoscalers decide for every pod, was 2",
                "'predictors':[{'name':'p',$M,'replicas':0}] | predictors[0].replicas keeps the operator from ever calling the deployment Available and from writing routes; leave the predictor out, was '0 pods for pod of m'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]}},{'spec':{'nodeSelector':{'a':'b'}}}]}] | predictors[0].componentSpecs[1] has no effect without a container; the operator adds those of servers to the first pod alone, was 'no container'",
                "'protocol':'v2','predictors':[{'name':'p',$M,'explainer':{'type':'ALE','config':{'a':'b'}}}] | predictors[0].explainer.config has no effect with the protocol v2; set initParameters, was [a]",
                "'predictors':[{'name':'p',$M,'explainer':{'type':'ALE','initParameters':'{}'}}] | predictors[0].explainer.initParameters has no effect with the protocol seldon; set config, was '{}'",
                "'predictors':[{'name':'p',$M,'explainer':{'type':'ALE','envSecretRefName':'s3'}}] | predictors[0].explainer.envSecretRefName has no effect without a modelUri, nor has storageInitializerImage, was 's3'",
                "'predictors':[{'name':'p',$M,'replicas':2,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'pdbSpec':{'minAvailable':2}}]}] | predictors[0].componentSpecs[0].pdbSpec lets no pod be evicted, so that no node can be drained, was 'of 2'",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'}]},'pdbSpec':{'maxUnavailable':'0%'}}]}] | predictors[0].componentSpecs[0].pdbSpec lets no pod be evicted, so that no node can be drained, was 'of 1'",
                "'protocol':'v2','predictors':[{'name':'p','graph':{'name':'m','implementation':'HUGGINGFACE_SERVER','envSecretRefName':'s3'}}] | predictors[0].graph.envSecretRefName has no effect without a modelUri, nor has storageInitializerImage, was 's3'",
                "'predictors':[{'name':'p','graph':{'name':'m','type':'ROUTER','implementation':'MLFLOW_SERVER','modelUri':'s3://a'}}] | predictors[0].graph.type has no effect on a server, which is always a MODEL, was ROUTER",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a','endpoint':{'httpPort':8080}}}] | predictors[0].graph.endpoint has no effect but by its type: the operator writes host and ports; name the container's ports http and grpc, was 'host or ports'",
                "'predictors':[{'name':'p',$M,'explainer':{'containerSpec':{'name':'','resources':{}}}}] | predictors[0].explainer has no effect without a type; leave it out, was 'empty'",
                "'protocol':'v2','predictors':[{'name':'p','graph':{'name':'m','implementation':'TRITON_SERVER','modelUri':'s3://a','parameters':[{'name':'load_model','type':'STRING','value':'x'}]}}] | predictors[0].graph.parameters[load_model] has no effect without the setting seldon.io/no-storage-initializer, was 'x'"
            })
    @Proves("seldon.warnings")
    void warnings_whatWouldBeIgnored_isSaidAndBuildsAllTheSame(String spec, String warning) {
        assertThat(deployment(spec).warnings()).extracting(Object::toString).contains(warning);
        assertThat(problems(spec)).isEmpty();
    }

    @Test
    @Proves("seldon.warnings")
    void warnings_settingsOnTheObjectInsteadOfTheSpec_areSaid() {
        SeldonDeployment misplaced = SeldonDeployment.builder("flights")
                .putAnnotation("seldon.io/engine-separate-pod", "true")
                .addPredictor(
                        p -> p.name("p").server(ServerImplementation.MLFLOW).modelUri("s3://a/b"))
                .build();

        assertThat(misplaced.warnings())
                .extracting(Object::toString)
                .containsExactly(
                        "annotations[seldon.io/engine-separate-pod] has no effect on the object; set it among the"
                                + " settings (spec.annotations), was 'true'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'predictors':[{'name':'p',$M}]",
                "'predictors':[{'name':'p',$M,'traffic':100}]",
                "'predictors':[{'name':'p',$M},{'name':'q',$M,'shadow':true,'traffic':20}]",
                "'protocol':'kfserving','predictors':[{'name':'p','graph':{'name':'m','implementation':'TRITON_SERVER','modelUri':'gs://a'}}]",
                "'protocol':'v2','predictors':[{'name':'p','graph':{'name':'m','implementation':'HUGGINGFACE_SERVER'}}]",
                "'predictors':[{'name':'p','graph':{'name':'m','implementation':'OUR_SERVER','modelUri':'pvc://claim/path'}}]",
                "'predictors':[{'name':'p',$M,'componentSpecs':[{'spec':{'containers':[{'name':'m'},{'name':'side','image':'i'}]}}]}]",
                "'predictors':[{'name':'p','graph':{'name':'m'},'componentSpecs':[{'spec':{'containers':[{'name':'m','image':'i'}]}}]}]"
            })
    void build_sound_hasNoProblem(String spec) {
        assertThat(problems(spec)).isEmpty();
    }

    @Test
    void build_namesOver63Characters_areRefusedEachAtItsPlace() {
        String longest = "n".repeat(63);
        String node = "'graph':{'name':'$N','implementation':'MLFLOW_SERVER','modelUri':'s3://a/b'}";
        String annotations = "'annotations':{'seldon.io/svc-name':'$N'}";
        String spec = "'predictors':[{'name':'$N'," + node + "," + annotations + "}]";
        String rule = " must be 1 to 63 lower-case letters, digits and '-', with a letter or digit at both ends, was '"
                + longest + "n'";

        assertThat(problems(spec.replace("$N", longest))).isEmpty();
        assertThat(problems(spec.replace("$N", longest + "n")))
                .contains(
                        "predictors[0].name" + rule,
                        "predictors[0].graph.name" + rule,
                        "predictors[0].annotations[seldon.io/svc-name]" + rule);
    }

    @Test
    void build_depth_isBoundedWhereTheClusterCuts() {
        GraphNode.Builder[] deepest = {GraphNode.model("n0", ServerImplementation.MLFLOW, URI.create("s3://m"))};
        for (int level = 1; level <= 10; level++) {
            GraphNode.Builder below = deepest[0];
            deepest[0] = GraphNode.builder()
                    .name("n" + level)
                    .implementation(ServerImplementation.SIMPLE_ROUTER)
                    .addChild(below);
        }
        GraphNode ten = deepest[0].build();
        SeldonDeployment.builder("x").addPredictor(p -> p.name("p").graph(ten)).build();

        GraphNode eleven = GraphNode.builder()
                .name("top")
                .implementation(ServerImplementation.SIMPLE_ROUTER)
                .addChild(ten)
                .build();
        assertThatThrownBy(() -> SeldonDeployment.builder("x")
                        .addPredictor(p -> p.name("p").graph(eleven))
                        .build())
                .hasMessage(
                        "invalid SeldonDeployment: predictors[0].graph must be at most 10 levels deep below its first node; the cluster"
                                + " silently drops the rest, was 11");
    }
}
