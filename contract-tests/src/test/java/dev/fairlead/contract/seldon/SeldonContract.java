package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.data.Offset.offset;

import dev.fairlead.MlPlatform;
import dev.fairlead.ModelSource;
import dev.fairlead.Operation;
import dev.fairlead.contract.inference.Models;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.error.TransportException;
import dev.fairlead.inference.InferenceModel;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.Tensor;
import dev.fairlead.kubernetes.ApplyPlan;
import dev.fairlead.kubernetes.FieldConflictException;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.seldon.DeploymentState;
import dev.fairlead.seldon.GraphNode;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.RolloutFailedException;
import dev.fairlead.seldon.RolloutFailure;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds of our client on a cluster with Seldon Core 1, and of our fake as of the real operator and webhook. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SeldonContract {
    static final KubeAccess.Kind KIND =
            new KubeAccess.Kind("machinelearning.seldon.io", "v1", "seldondeployments", "SeldonDeployment", true);
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** A cluster with Seldon; every model address serves the tiny model under the name {@code tiny}. */
    interface Place extends AutoCloseable {
        /** Connects, with a namespace of the suite's own. */
        MlPlatform connect();

        /** Makes the pods of a predictor fail; returns the predictor that does. */
        PredictorSpec broken(RolloutFailure.Kind kind, String deployment, PredictorSpec predictor);

        @Override
        default void close() {}
    }

    private Place place;
    private MlPlatform platform;
    private SeldonClient seldon;
    private KubeAccess kube;
    private String name;

    abstract Place open();

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
            platform.close();
        }
        if (place != null) {
            place.close();
        }
    }

    @BeforeEach
    void name(TestInfo test) {
        name = "d"
                + Integer.toHexString(test.getDisplayName().hashCode()
                        + test.getTestMethod().orElseThrow().getName().hashCode());
    }

    @AfterEach
    void delete() {
        seldon.deployments().delete(name);
    }

    private PredictorSpec.Builder predictor(String predictor, int traffic) {
        return PredictorSpec.builder()
                .name(predictor)
                .server(ServerImplementation.MLFLOW)
                .modelName("tiny")
                .model(ModelSource.builder()
                        .storageUri(URI.create("s3://models/tiny/" + predictor))
                        .name("tiny")
                        .version("3")
                        .build())
                .traffic(traffic)
                .replicas(1);
    }

    private SeldonDeployment canary() {
        return SeldonDeployment.builder(name)
                .protocol(ServingProtocol.V2)
                .addPredictor(predictor("main", 90))
                .addPredictor(predictor("canary", 10))
                .build();
    }

    /** The only deployment that runs on a GPU, for those before it give theirs back late. */
    private SeldonDeployment canaryOnGpu() {
        return SeldonDeployment.builder(name)
                .protocol(ServingProtocol.V2)
                .addPredictor(predictor("main", 90))
                .addPredictor(predictor("canary", 10).gpu(Gpu.nvidia(1)))
                .build();
    }

    private SeldonDeploymentStatus deploy(SeldonDeployment deployment) {
        return seldon.deployments().deploy(deployment).await(LIMIT);
    }

    private Map<String, Object> object(KubeAccess.Kind kind, String of) {
        return kube.get(kind, platform.namespace(), of);
    }

    @SuppressWarnings("unchecked")
    static <T> T at(Map<String, Object> tree, String... path) {
        Object here = tree;
        for (String part : path) {
            here = here instanceof List<?> list
                    ? list.get(Integer.parseInt(part))
                    : ((Map<String, Object>) here).get(part);
        }
        return (T) here;
    }

    private List<Map<String, Object>> pods() {
        return kube.list(KubeAccess.Kind.POD, platform.namespace(), "seldon-deployment-id=" + name).stream()
                .filter(pod -> !((Map<?, ?>) pod.get("metadata")).containsKey("deletionTimestamp"))
                .toList();
    }

    @Test
    @Proves({"seldon.deploy", "seldon.gpu"})
    void apply_canaryWithGpu_rollsOutUnderTheNamesWeSay() {
        SeldonDeploymentStatus status = deploy(canaryOnGpu());

        assertThat(status.state()).isEqualTo(DeploymentState.AVAILABLE);
        assertThat(status.replicas())
                .containsOnlyKeys(name + "-main-0-tiny", name + "-canary-0-tiny")
                .allSatisfy((deployment, replicas) ->
                        assertThat(replicas.available()).isEqualTo(1));
        assertThat(status.address())
                .hasValue(URI.create("http://" + name + "-main." + platform.namespace()
                        + ".svc.cluster.local:8000/v2/models/tiny/infer"));
        assertThat(status.condition("Ready").orElseThrow().holds()).isTrue();
        Map<String, Object> deployment = object(KubeAccess.Kind.DEPLOYMENT, name + "-canary-0-tiny");
        assertThat(SeldonContract.<Object>at(
                        deployment, "spec", "template", "spec", "containers", "0", "resources", "limits"))
                .isEqualTo(Map.of("nvidia.com/gpu", "1"));
        assertThat(SeldonContract.<Object>at(deployment, "spec", "template", "spec", "initContainers", "0", "args"))
                .isEqualTo(List.of("s3://models/tiny/canary", "/mnt/models"));
        assertThat(SeldonContract.<Map<String, Object>>at(deployment, "spec", "template", "metadata", "labels"))
                .containsEntry("version", "canary")
                .containsEntry("fairlead.dev/model-name", "tiny")
                .containsEntry("fairlead.dev/model-version", "3");
        assertThat(kube.list(KubeAccess.Kind.SERVICE, platform.namespace(), "seldon-deployment-id=" + name).stream()
                        .map(s -> SeldonContract.<String>at(s, "metadata", "name")))
                .containsExactlyInAnyOrder(
                        name + "-main", name + "-main-tiny", name + "-canary", name + "-canary-tiny");
    }

    @Test
    @Proves({"seldon.apply", "seldon.lossless"})
    void apply_theSameAgain_changesNothing() {
        SeldonDeployment sent = canary();
        deploy(sent);
        Map<String, Object> before = object(KIND, name);

        SeldonDeployment read = seldon.deployments().get(name);
        assertThat(read).isEqualTo(sent.with(b -> b.namespace(platform.namespace())));
        deploy(read);

        Map<String, Object> after = object(KIND, name);
        assertThat(SeldonContract.<Number>at(after, "metadata", "generation").longValue())
                .isEqualTo(SeldonContract.<Number>at(before, "metadata", "generation")
                        .longValue());
        assertThat(seldon.deployments().list().stream()).contains(read);
        assertThat(seldon.deployments().dryRun(read)).isEqualTo(read);
    }

    @Test
    @Proves("seldon.diff")
    void plan_ofAChange_namesEachFieldAndWritesNothing() {
        SeldonDeployment sent = canary().with(b -> b.namespace(platform.namespace()));
        assertThat(seldon.deployments().plan(sent).creates()).isTrue();
        assertThat(seldon.deployments().find(name)).isEmpty();
        deploy(sent);

        assertThat(seldon.deployments().plan(sent).isEmpty()).isTrue();
        ApplyPlan plan = seldon.deployments()
                .plan(sent.with(b -> b.predictors(List.of(
                        predictor("main", 100).modelUri("s3://models/tiny/4").build()))));

        assertThat(plan.toString())
                .startsWith("SeldonDeployment " + platform.namespace() + "/" + name + ": change\n")
                .contains("\n  ~ .spec.predictors[main].graph.modelUri: s3://models/tiny/main -> s3://models/tiny/4")
                .contains("\n  ~ .spec.predictors[main].traffic: 90 -> 100")
                .contains("\n  - .spec.predictors[canary]: ");
        assertThat(plan.changes())
                .filteredOn(change -> !change.field().contains("fairlead.dev/predictor-spec"))
                .hasSize(3);
        assertThat(seldon.deployments().get(name)).isEqualTo(sent);
    }

    @Test
    @Proves("seldon.predict")
    void infer_throughAForwardedPort_answersWhatTheModelSays() {
        deploy(canary());
        double[] expected = Models.expected(new float[] {1, 2, 3});

        for (String predictor : List.of("main", "canary")) {
            InferenceResponse answer =
                    seldon.model(name, predictor).infer(Tensor.of("input", new float[][] {{1, 2, 3}}));
            assertThat(answer.output("label").longs()).containsExactly((long) expected[0]);
            assertThat((double) answer.output("probabilities").floats()[1]).isCloseTo(expected[1], offset(1e-5));
        }
        assertThat(seldon.model(name).ready()).isTrue();
        assertThatThrownBy(() -> seldon.inference(name, "nope"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("the deployment has no predictor 'nope', only [main, canary]");
        assertThatThrownBy(() -> seldon.inference("nope")).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Proves("seldon.predict")
    void delete_closesTheForwardedPort() {
        deploy(canary());
        InferenceModel model = seldon.model(name, "main");
        assertThat(model.ready()).isTrue();

        seldon.deployments().delete(name);

        assertThatThrownBy(model::metadata)
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("connection refused");
    }

    @Test
    @Proves("seldon.rollout-truth")
    void apply_anotherModel_isDoneWhenOnlyItsPodsAreLeft() {
        deploy(canary());
        SeldonDeployment changed = canary().with(b -> b.predictors(List.of(
                canary().predictors()
                        .get(0)
                        .with(p -> p.modelUri("s3://models/tiny/next").replicas(2)),
                canary().predictors().get(1))));

        deploy(changed);

        assertThat(pods())
                .filteredOn(pod ->
                        SeldonContract.<String>at(pod, "metadata", "name").startsWith(name + "-main"))
                .hasSize(2)
                .allSatisfy(
                        pod -> assertThat(SeldonContract.<String>at(pod, "spec", "initContainers", "0", "args", "0"))
                                .isEqualTo("s3://models/tiny/next"));
    }

    @Test
    @Proves("seldon.shift-traffic")
    void shiftTraffic_sharesOfSome_changesThemAlone() {
        deploy(canary());
        TreeSet<String> before = podNames();

        seldon.deployments()
                .shiftTraffic(name, Map.of("main", 40, "canary", 60))
                .await(LIMIT);

        assertThat(seldon.deployments().get(name).predictors())
                .extracting(p -> p.traffic().getAsInt())
                .containsExactly(40, 60);
        assertThat(podNames()).isEqualTo(before);
        assertThatThrownBy(() -> seldon.deployments().shiftTraffic(name, Map.of("canary", 50)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("predictors must have traffic that adds up to 100 percent, was 90");
        assertThatThrownBy(() -> seldon.deployments().shiftTraffic(name, Map.of("cannary", 50)))
                .hasMessage("invalid shift of traffic: cannary must be a predictor of '" + name
                        + "', which has [main, canary], was 50 percent");
    }

    private TreeSet<String> podNames() {
        return new TreeSet<>(pods().stream()
                .map(p -> SeldonContract.<String>at(p, "metadata", "name"))
                .toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = RolloutFailure.Kind.class,
            names = {"IMAGE", "MODEL", "CRASH", "CONFIGURATION", "NO_GPU"})
    @Proves("seldon.rollout-cause")
    void apply_podsThatCannotRun_failsNamingTheCauseWhileTheOldOnesAnswer(RolloutFailure.Kind kind) {
        deploy(canary());
        PredictorSpec canary = place.broken(kind, name, canary().predictors().get(1));
        Operation<SeldonDeploymentStatus> rollout = seldon.deployments()
                .deploy(canary().with(
                                b -> b.predictors(List.of(canary().predictors().get(0), canary))));

        RolloutFailedException failed = catchThrowableOfType(RolloutFailedException.class, () -> rollout.await(LIMIT));

        assertThat(failed).isNotNull();
        assertThat(failed.failure().kind()).isEqualTo(kind);
        assertThat(failed.failure().predictor()).isEqualTo("canary");
        assertThat(failed.failure().pod()).startsWith(name + "-canary-0-tiny-");
        assertThat(failed.operationId()).isEqualTo(platform.namespace() + "/" + name);
        assertThat(failed)
                .hasMessageStartingWith("seldon rollout of " + platform.namespace() + "/" + name
                        + " failed: predictor 'canary', pod " + name + "-canary-0-tiny-");
        if (kind == RolloutFailure.Kind.MODEL) {
            assertThat(failed)
                    .hasMessageContaining(
                            "container 'tiny-model-initializer': the model could not be fetched from s3://models/tiny/canary (exit code 1)");
            assertThat(failed.logExcerpt()).isNotEmpty();
        }
        if (kind == RolloutFailure.Kind.NO_GPU) {
            assertThat(failed)
                    .hasMessageContaining("Insufficient nvidia.com/gpu")
                    .hasMessageContaining("ask for fewer GPUs");
        }
        assertThat(seldon.model(name, "canary").ready())
                .as("the old pod still answers")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'predictors':[]} | spec: Invalid value: \"\": Graph contains no predictors",
                "{'protocol':'v3','predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a'}}]} | spec: Invalid value: \"v3\": Invalid protocol",
                "{'transport':'soap','predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a'}}]} | spec: Invalid value: \"soap\": Invalid transport",
                "{'serverType':'x','predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a'}}]} | spec: Invalid value: \"x\": Invalid serverType",
                "{'serverType':'kafka','predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a'}}]} | spec.predictors[0]: Invalid value: \"p\": For kafka please supply svcOrchSpec envs KAFKA_BROKER, KAFKA_INPUT_TOPIC, KAFKA_OUTPUT_TOPIC",
                "{'predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER'}}]} | spec.predictors[0].graph: Invalid value: \"m\": Predictive unit modelUri required when using standalone servers",
                "{'predictors':[{'name':'p','graph':{'name':'m','implementation':'NO_SERVER','modelUri':'s3://a'}}]} | spec.predictors[0].graph: Invalid value: \"m\": No entry in predictors map for NO_SERVER",
                "{'predictors':[{'name':'p','graph':{'name':'m','type':'MODEL'}}]} | spec.predictors[0].graph: Invalid value: \"m\": Can't find container for Predictive Unit",
                "{'predictors':[{'name':'p','graph':{'name':'m','type':'UNKNOWN_TYPE'},'componentSpecs':[{'spec':{'containers':[{'name':'m','image':'i'}]}}]}]} | spec.predictors[0].graph: Invalid value: \"m\": Predictive Unit has no implementation methods defined. Change to a known type or add what methods it defines",
                "{'protocol':'tensorflow','predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'s3://a'}}]} | spec.predictors[0].graph: Invalid value: \"m\": Prepackaged server does not handle tensorflow protocol MLFLOW_SERVER",
                "{'predictors':[{'name':'p','graph':{'name':'m','implementation':'SIMPLE_MODEL','logger':{'url':'http://a'}}}]} | spec.predictors[0].graph: Invalid value: \"\": No logger mode specified",
                "{'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_ROUTER','children':[{'name':'b','implementation':'MLFLOW_SERVER'}]}}]} | spec.predictors[0].graph[0]: Invalid value: \"b\": Predictive unit modelUri required when using standalone servers",
                "{'predictors':[{'name':'p','annotations':{'seldon.io/no-engine':'false'},'graph':{'name':'a','implementation':'SIMPLE_ROUTER','children':[{'name':'b','implementation':'SIMPLE_MODEL'}]}}]} | spec.predictors[0]: Invalid value: \"p\": Running without engine only valid for single element graphs",
                "{'predictors':[{'name':'p','shadow':true,'graph':{'name':'m','implementation':'SIMPLE_MODEL'}}]} | spec.predictors[0]: Invalid value: \"p\": Shadow can not exist as only predictor",
                "{'predictors':[{'name':'p','graph':{'name':'m','implementation':'SIMPLE_MODEL'}},{'name':'q','shadow':true,'traffic':101,'graph':{'name':'m','implementation':'SIMPLE_MODEL'}}]} | spec: Invalid value: \"q\": shadow traffic is illegal, the traffic number should be between [0, 100]",
                "{'predictors':[{'name':'p','traffic':50,'graph':{'name':'m','implementation':'SIMPLE_MODEL'}}]} | spec: Invalid value: \"p\": Traffic must sum be 100 for a single predictor when set",
                "{'predictors':[{'name':'p','traffic':50,'graph':{'name':'m','implementation':'SIMPLE_MODEL'}},{'name':'p','traffic':40,'graph':{'name':'m','implementation':'SIMPLE_MODEL'}}]} | [spec.predictors[1]: Invalid value: \"p\": Duplicate predictor name, spec: Invalid value: \"p\": Traffic must sum to 100 for multiple predictors]",
                "{'predictors':[{'name':'p','traffic':50,'annotations':{'seldon.io/svc-name':'s'},'graph':{'name':'m','implementation':'SIMPLE_MODEL'}},{'name':'q','traffic':50,'annotations':{'seldon.io/svc-name':'s'},'graph':{'name':'m','implementation':'SIMPLE_MODEL'}}]} | spec.predictors[1]: Invalid value: \"q\": Found duplicate service name in seldon.io/svc-name with value s",
                "{'predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_ROUTER','endpoint':{'type':'REST'},'children':[{'name':'b','implementation':'SIMPLE_MODEL','endpoint':{'type':'GRPC'}}]}}]} | spec: Invalid value: \"\": Multiple endpoint.types found - can only have 1 type in graph. Please use spec.transport",
                "{'transport':'grpc','predictors':[{'name':'p','graph':{'name':'a','implementation':'SIMPLE_MODEL','endpoint':{'type':'REST'}}}]} | spec: Invalid value: \"\": Mixed transport types found. Remove graph endpoint.types if transport set at deployment level"
            })
    @Proves({"seldon.validation", "seldon.fake-as-real"})
    void webhook_whatItRefuses_weRefuseBeforeSending(String spec, String words) {
        Map<String, Object> tree = raw(spec);

        assertThatThrownBy(() -> kube.apply(KIND, tree, KubeAccess.Apply.DEFAULT.asDryRun()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("admission webhook \"v1.vseldondeployment.kb.io\" denied the request:"
                        + " SeldonDeployment.machinelearing.seldon.io \"\" is invalid: " + words);
        boolean server = spec.contains("NO_SERVER"); // whether the cluster has such a server only the cluster knows
        assertThat(SeldonDeployment.fromTree(tree).problems().isEmpty()).isEqualTo(server);
    }

    private Map<String, Object> raw(String spec) {
        String json = "{'apiVersion':'machinelearning.seldon.io/v1','kind':'SeldonDeployment','metadata':{'name':'"
                + name + "','namespace':'" + platform.namespace() + "'},'spec':" + spec + "}";
        return JsonCodec.camelCase()
                .object(json.replace('\'', '"').replace("Can\"t", "Can't").getBytes(StandardCharsets.UTF_8), "raw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'predictors':[{'name':'p','graph':{'name':'m','implementation':'TRITON_SERVER','modelUri':'gs://a'}}]} | Deployment.apps \"$-p-0-m\" is invalid: spec.template.spec.containers[0].image: Required value",
                "{'predictors':[{'name':'p','replicas':-1,'graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'gs://a'}}]} | Deployment.apps \"$-p-0-m\" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
                "{'predictors':[{'name':'p','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'gs://a'},'componentSpecs':[{'spec':{'containers':[{'name':'n'}]}}]}]} | Deployment.apps \"$-p-0-n-m\" is invalid: spec.template.spec.containers[0].image: Required value",
                "{'predictors':[{'name':'P','graph':{'name':'m','implementation':'MLFLOW_SERVER','modelUri':'gs://a'}}]} | Service \"$-P-m\" is invalid: metadata.name: Invalid value: \"$-P-m\": a lowercase RFC 1123 label must consist of"
            })
    @Proves({"seldon.validation", "seldon.rollout-cause"})
    void operator_whatTheWebhookLetsThroughAndBreaks_weRefuseAndTheWaitNames(String spec, String words) {
        Map<String, Object> tree = raw(spec);
        kube.apply(KIND, tree, KubeAccess.Apply.DEFAULT);

        RolloutFailedException failed = catchThrowableOfType(
                RolloutFailedException.class,
                () -> seldon.deployments().follow(name).await(LIMIT));

        assertThat(failed.failure().kind()).isEqualTo(RolloutFailure.Kind.REJECTED);
        assertThat(failed).hasMessageContaining("the operator reports: " + words.replace("$", name));
        assertThat(SeldonDeployment.fromTree(tree).problems()).isNotEmpty();
        assertThat(seldon.deployments().status(name).state()).isEqualTo(DeploymentState.FAILED);
    }

    @Test
    @Proves("seldon.reattach")
    void operation_idFromElsewhere_followsTheSameRollout() {
        String id = seldon.deployments().deploy(canary()).id();

        assertThat(SeldonClient.create(platform).operation(id).await(LIMIT).state())
                .isEqualTo(DeploymentState.AVAILABLE);
        assertThatThrownBy(() -> seldon.operation("flights"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("id must be namespace/name, as Operation.id() gave it, was flights");
    }

    @Test
    @Proves("seldon.delete")
    void delete_thenWait_saysThatItIsGone() {
        Operation<SeldonDeploymentStatus> rollout = seldon.deployments().deploy(canary());

        assertThat(seldon.deployments().delete(name)).isTrue();

        assertThat(seldon.deployments().delete(name)).isFalse();
        assertThat(seldon.deployments().find(name)).isEmpty();
        assertThatThrownBy(() -> seldon.deployments().get(name)).isInstanceOf(NotFoundException.class);
        RolloutFailedException failed = catchThrowableOfType(RolloutFailedException.class, () -> rollout.await(LIMIT));
        assertThat(failed.failure().kind()).isEqualTo(RolloutFailure.Kind.DELETED);
    }

    @Test
    @Proves("seldon.apply")
    void apply_fieldsOfAnotherManager_areTakenOnlyByForce() {
        Map<String, Object> theirs =
                canary().with(b -> b.namespace(platform.namespace())).toTree();
        kube.apply(KIND, theirs, new KubeAccess.Apply("kubectl", false, false));
        SeldonDeployment ours =
                canary().with(b -> b.predictors(List.of(predictor("main", 100).build())));

        assertThatThrownBy(() -> seldon.deployments().deploy(ours))
                .isInstanceOf(FieldConflictException.class)
                .hasMessageContaining(".spec.predictors by 'kubectl'");
        seldon.deployments().deployForced(ours).await(LIMIT);

        assertThat(seldon.deployments().get(name).predictors())
                .extracting(PredictorSpec::name)
                .containsExactly("main");
    }

    @Test
    @Proves("seldon.rollout-truth")
    void await_tooShort_timesOutAndGoesOn() {
        PredictorSpec stuck = place.broken(
                RolloutFailure.Kind.NO_GPU,
                name,
                predictor("main", 100).gpu(Gpu.nvidia(1)).build());
        Operation<SeldonDeploymentStatus> rollout = seldon.deployments()
                .deploy(SeldonDeployment.builder(name)
                        .protocol(ServingProtocol.V2)
                        .addPredictor(stuck)
                        .build());

        assertThatThrownBy(() -> rollout.await(Duration.ofSeconds(2)))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("seldon rollout of " + platform.namespace() + "/" + name
                        + " had not ended after 2s, last seen Creating")
                .hasMessageContaining("attach later with operation id " + platform.namespace() + "/" + name);
    }

    @Test
    @Proves("seldon.graph")
    void apply_graphOfTenLevels_isKeptWhole() {
        GraphNode.Builder node = GraphNode.model("n10", ServerImplementation.MLFLOW, URI.create("s3://models/tiny/x"));
        for (int level = 9; level >= 0; level--) {
            node = GraphNode.builder()
                    .name("n" + level)
                    .implementation(ServerImplementation.SIMPLE_ROUTER)
                    .addChild(node);
        }
        SeldonDeployment deep = SeldonDeployment.builder(name)
                .namespace(platform.namespace())
                .addPredictor(PredictorSpec.builder().name("p").graph(node))
                .build();

        assertThat(seldon.deployments().dryRun(deep)).isEqualTo(deep);
    }
}
