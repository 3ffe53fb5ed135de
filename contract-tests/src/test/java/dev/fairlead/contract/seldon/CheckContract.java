package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.kubernetes.Volume;
import dev.fairlead.seldon.CheckReport;
import dev.fairlead.seldon.EnvVariable;
import dev.fairlead.seldon.Explainer;
import dev.fairlead.seldon.ExplainerType;
import dev.fairlead.seldon.GraphNode;
import dev.fairlead.seldon.KedaTrigger;
import dev.fairlead.seldon.NodeType;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything a look at the cluster finds before a deployment is sent. Nothing is deployed here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Proves("seldon.check")
abstract class CheckContract {
    static final KubeAccess.Kind SECRET = new KubeAccess.Kind("", "v1", "secrets", "Secret", true);
    static final KubeAccess.Kind QUOTA = new KubeAccess.Kind("", "v1", "resourcequotas", "ResourceQuota", true);
    private static final KubeAccess.Kind ACCOUNT =
            new KubeAccess.Kind("", "v1", "serviceaccounts", "ServiceAccount", true);
    private static final KubeAccess.Kind CLAIM =
            new KubeAccess.Kind("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim", true);
    private static final String SEVERAL = "seldon-check-quota";

    private MlPlatform platform;
    private KubeAccess kube;
    private String namespace;

    /** Connects as one who may do everything, to a cluster with Seldon, the fleet's nodes, and two namespaces. */
    abstract MlPlatform open(String namespace, String other);

    /** Connects as one who may read nothing. */
    abstract MlPlatform outsider(String namespace);

    /** Makes a quota that says how much of it is used. */
    abstract void quota(KubeAccess kube, String namespace, Map<String, Object> hard, Map<String, Object> used);

    /** Ends what was opened. */
    void close() {}

    /** What is read of the operator is its Deployment in the cluster, which here runs nothing: the operator stays as it is. */
    private void withKeda(boolean enabled, Runnable action) {
        Map<String, Object> before = operator();
        String changed = JsonCodec.camelCase()
                .text(before)
                .replaceAll("(\"name\":\"KEDA_ENABLED\",\"value\":\")(true|false)", "$1" + enabled);
        setOperator(JsonCodec.camelCase().object(changed.getBytes(StandardCharsets.UTF_8), "test"));
        try {
            action.run();
        } finally {
            setOperator(before);
        }
    }

    private Map<String, Object> operator() {
        return SeldonContract.at(
                kube.get(KubeAccess.Kind.DEPLOYMENT, "seldon-system", "seldon-controller-manager"), "spec");
    }

    private void setOperator(Map<String, Object> spec) {
        kube.mergePatch(
                KubeAccess.Kind.DEPLOYMENT, "seldon-system", "seldon-controller-manager", Map.of("spec", spec), "");
    }

    @BeforeAll
    void start() {
        namespace = "seldon-check";
        platform = open(namespace, SEVERAL);
        kube = PlatformSpi.of(platform).kube();
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            List.of(namespace, SEVERAL).forEach(n -> kube.delete(KubeAccess.Kind.NAMESPACE, "", n));
            platform.close();
        }
        close();
    }

    private static SeldonDeployment deployment(Consumer<PredictorSpec.Builder> changes) {
        return SeldonDeployment.builder("looked")
                .protocol(ServingProtocol.V2)
                .addPredictor(p -> {
                    p.name("main").server(ServerImplementation.MLFLOW).modelUri("s3://m/1");
                    changes.accept(p);
                })
                .build();
    }

    private List<String> problems(Consumer<PredictorSpec.Builder> changes) {
        return problems(deployment(changes));
    }

    private List<String> problems(SeldonDeployment deployment) {
        return deployment.check(platform).problems().stream()
                .map(Object::toString)
                .toList();
    }

    @Test
    void check_nothingMissing_isSound() {
        CheckReport report = deployment(p -> p.gpu(Gpu.nvidia(2))).check(platform);

        assertThat(report.toString()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.orThrow()).isSameAs(report);
    }

    private static final String GPU_PLACE = "predictors[0].componentSpecs[0].spec.resources[";

    @Test
    void check_gpusNoNodeHas_areNamedWithTheMostThereIs() {
        long nodes = kube.list(KubeAccess.Kind.NODE, "", null).stream().count();
        String must = "] must be what one node can give; of " + nodes + " nodes ";

        assertThat(problems(p -> p.gpu(Gpu.nvidia(3))))
                .containsExactly(GPU_PLACE + "nvidia.com/gpu" + must + "the most any gives is 2, was '3'");
        assertThat(problems(p -> p.gpu(Gpu.intelXe(1))))
                .containsExactly(GPU_PLACE + "gpu.intel.com/xe" + must + "the most any gives is 0, was '1'");
        assertThat(problems(p -> p.gpu(Gpu.mig("2g.10gb"))))
                .containsExactly(GPU_PLACE + "nvidia.com/mig-2g.10gb" + must + "the most any gives is 0, was '1'");
        assertThat(problems(p -> p.gpu(Gpu.mig("1g.5gb")))).isEmpty();
        assertThat(problems(p -> p.gpu(Gpu.amd(2)))).isEmpty();
    }

    @Test
    void check_gpusOfAProduct_areLookedForOnItsNodes() {
        long nodes = kube.list(KubeAccess.Kind.NODE, "", null).stream().count();
        String must = "nvidia.com/gpu] must be what one node can give; of " + nodes + " nodes ";

        assertThat(problems(p -> p.gpu(Gpu.nvidia(2)).pod(pod -> product(pod, "Tesla-T4"))))
                .containsExactly(
                        GPU_PLACE + must
                                + "1 fit the node selector {nvidia.com/gpu.product=Tesla-T4}, and the most any gives is 1, was '2'");
        assertThat(problems(p -> p.gpu(Gpu.nvidia(1)).pod(pod -> product(pod, "NVIDIA-H100-80GB-HBM3"))))
                .containsExactly(GPU_PLACE + must
                        + "0 fit the node selector {nvidia.com/gpu.product=NVIDIA-H100-80GB-HBM3}, and the most any gives is 0,"
                        + " was '1'");
        assertThat(problems(p -> p.gpu(Gpu.nvidia(2)).pod(pod -> product(pod, "NVIDIA-A100-SXM4-40GB"))))
                .isEmpty();
    }

    private static void product(PodTemplate.Builder pod, String product) {
        pod.putNodeSelector("nvidia.com/gpu.product", product);
    }

    @Test
    void check_gpusOfSeveralContainers_countTogether() {
        assertThat(problems(p -> p.gpu(Gpu.nvidia(1))
                        .pod(pod -> pod.container("second", c -> c.image("i:1").resources(r -> r.gpus(2))))))
                .singleElement()
                .asString()
                .endsWith("the most any gives is 2, was '3'");
    }

    @Test
    void check_quotas_tellWhatWillNeverFitFromWhatMayNot() {
        quota(
                kube,
                SEVERAL,
                Map.of("pods", "4", "limits.cpu", "3", "requests.memory", "20Gi", "requests.nvidia.com/gpu", "1"),
                Map.of("pods", "3", "limits.cpu", "0", "requests.memory", "0", "requests.nvidia.com/gpu", "0"));
        SeldonDeployment tooMuch = deployment(p -> p.replicas(2)
                        .resources(r ->
                                r.cpuRequest("1").cpuLimit("2").memory("4Gi").gpu(Gpu.nvidia(1))))
                .with(b -> b.namespace(SEVERAL));

        CheckReport report = tooMuch.check(platform);

        assertThat(report.problems().stream().map(Object::toString))
                .containsExactlyInAnyOrder(
                        "quota[small].limits.cpu must allow what all pods of the deployment ask for, and allows 3, was '5'",
                        "quota[small].requests.nvidia.com/gpu must allow what all pods of the deployment ask for, and allows 1,"
                                + " was '2'");
        assertThat(report.warnings().stream().map(Object::toString))
                .containsExactly(
                        "quota[small].pods may not be enough: of 4 are used 3, this deployment's own share included,"
                                + " was '2'");
        assertThat(report.toString())
                .contains("problem: quota[small].limits.cpu", "warning: quota[small].pods may not be enough");
        assertThatThrownBy(report::orThrow)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("SeldonDeployment on this cluster")
                .hasMessageContaining("quota[small].limits.cpu");
        SeldonDeployment silent = deployment(p -> p.replicas(1)).with(b -> b.namespace(SEVERAL));
        assertThat(problems(silent))
                .containsExactly(
                        "quota[small].requests.memory must be said by every container, for the quota bounds it and no LimitRange"
                                + " says it for them, was 'not said by [model]'",
                        "quota[small].limits.cpu must be said by every container, for the quota bounds it and no LimitRange says it"
                                + " for them, was 'not said by [model]'");
        kube.create(
                new KubeAccess.Kind("", "v1", "limitranges", "LimitRange", true),
                Map.of(
                        "metadata",
                        Map.of("name", "usual", "namespace", SEVERAL),
                        "spec",
                        Map.of(
                                "limits",
                                List.of(Map.of(
                                        "type", "Container",
                                        "default", Map.of("cpu", "1"),
                                        "defaultRequest", Map.of("memory", "1Gi"))))));
        assertThat(silent.check(platform).toString()).isEmpty();
    }

    @Test
    void check_kedaWhereTheOperatorIsWithout_saysThatNothingWouldScale() {
        SeldonDeployment scaled = deployment(p -> p.keda(k -> k.maxReplicaCount(3)
                .addTrigger(KedaTrigger.prometheus("http://prometheus:9090", "sum(rate(r[1m]))", "5")
                        .build())));

        withKeda(
                false,
                () -> assertThat(problems(scaled))
                        .containsExactly(
                                "predictors must not hold a kedaSpec while the operator runs without KEDA_ENABLED:"
                                        + " nothing would scale, and no error says so, was 'kedaSpec'"));
        withKeda(true, () -> assertThat(problems(scaled)).isEmpty());
    }

    @Test
    void check_namesOfOthers_areFoundBeforeAnythingIsOverwritten() {
        kube.create(
                KubeAccess.Kind.SERVICE,
                Map.of(
                        "metadata",
                        Map.of("name", "looked-main", "namespace", namespace),
                        "spec",
                        Map.of("ports", List.of(Map.of("port", 80)))));
        SeldonDeployment other = deployment(p -> {})
                .with(b -> b.name("looked-main").namespace(namespace).putLabel("seldon.io/controller-id", "nobody"));
        Map<String, Object> owner = kube.create(SeldonContract.KIND, other.toTree());
        Map<String, Object> owned = new LinkedHashMap<>(named("looked-main-0-model"));
        owned.put(
                "ownerReferences",
                List.of(Map.of(
                        "apiVersion",
                        "machinelearning.seldon.io/v1",
                        "kind",
                        "SeldonDeployment",
                        "name",
                        "looked-main",
                        "uid",
                        SeldonContract.at(owner, "metadata", "uid"))));
        kube.create(KubeAccess.Kind.DEPLOYMENT, idleDeployment(owned));
        try {
            assertThat(problems(p -> {}))
                    .containsExactlyInAnyOrder(
                            "predictors must not make the Service looked-main, which is there already; rename a predictor, was"
                                    + " 'of nobody'",
                            "predictors must not make the Deployment looked-main-0-model, which is there already; rename a"
                                    + " predictor, was 'of looked-main'");
        } finally {
            kube.delete(KubeAccess.Kind.SERVICE, namespace, "looked-main");
            kube.delete(KubeAccess.Kind.DEPLOYMENT, namespace, "looked-main-0-model");
            kube.delete(SeldonContract.KIND, namespace, "looked-main");
        }
    }

    private static Map<String, Object> idleDeployment(Map<String, Object> metadata) {
        Map<String, Object> labels = Map.of("app", "other");
        return Map.of(
                "metadata",
                metadata,
                "spec",
                Map.of(
                        "replicas",
                        0,
                        "selector",
                        Map.of("matchLabels", labels),
                        "template",
                        Map.of(
                                "metadata",
                                Map.of("labels", labels),
                                "spec",
                                Map.of("containers", List.of(Map.of("name", "c", "image", "i:1"))))));
    }

    @Test
    void check_whatIsNamedAndMissing_isListedWithItsPlace() {
        String of = " of namespace " + namespace + ", was ";
        String container = "predictors[0].componentSpecs[0].containers[model]";

        assertThat(problems(this::named))
                .containsExactlyInAnyOrder(
                        "predictors[0].graph.envSecretRefName must name a Secret" + of + "'gone-1'",
                        "predictors[0].graph.serviceAccountName must name a ServiceAccount" + of + "'gone-2'",
                        "predictors[0].graph.modelUri must name a PersistentVolumeClaim" + of + "'gone-3'",
                        "predictors[0].explainer.envSecretRefName must name a Secret" + of + "'gone-4'",
                        "predictors[0].ssl.certSecretName must name a Secret" + of + "'gone-5'",
                        "predictors[0].svcOrchSpec.env[KEY] must name a Secret" + of + "'gone-6'",
                        "predictors[0].componentSpecs[0].serviceAccountName must name a ServiceAccount" + of
                                + "'gone-7'",
                        "predictors[0].componentSpecs[0].imagePullSecrets must name a Secret" + of + "'gone-8'",
                        "predictors[0].componentSpecs[0].volumes[settings] must name a ConfigMap" + of + "'gone-9'",
                        container + ".env[TOKEN] must name a Secret" + of + "'gone-10'",
                        container + ".envFrom must name a ConfigMap" + of + "'gone-11'");
    }

    private void named(PredictorSpec.Builder predictor) {
        predictor
                .modelUri("pvc://gone-3/m")
                .envSecretRefName("gone-1")
                .serviceAccountName("gone-2")
                .certSecretName("gone-5")
                .explainer(
                        Explainer.builder(ExplainerType.ALE).modelUri("s3://e").envSecretRefName("gone-4"))
                .orchestrator(o -> o.addVariable(EnvVariable.of("KEY", SecretRef.of("gone-6", "key"))))
                .pod(pod -> pod.serviceAccount("gone-7")
                        .addImagePullSecret("gone-8")
                        .addVolume(Volume.configMap("settings", "gone-9"))
                        .putSecretEnv("TOKEN", SecretRef.of("gone-10", "token"))
                        .field(
                                "envFrom",
                                List.of(
                                        Map.of("configMapRef", Map.of("name", "gone-11")),
                                        Map.of("secretRef", Map.of("name", "gone-12", "optional", true)))));
    }

    @Test
    void check_whatIsNamedAndThere_isLookedInto() {
        kube.create(SECRET, Map.of("metadata", named("kept"), "data", Map.of("token", "aHVzaA=="), "type", "Opaque"));
        kube.create(ACCOUNT, Map.of("metadata", named("reader")));
        kube.create(
                CLAIM,
                Map.of(
                        "metadata",
                        named("models"),
                        "spec",
                        Map.of(
                                "accessModes",
                                List.of("ReadOnlyMany"),
                                "resources",
                                Map.of("requests", Map.of("storage", "1Gi")))));

        CheckReport report = deployment(p -> p.modelUri("pvc://models/1")
                        .envSecretRefName("kept")
                        .serviceAccountName("reader")
                        .pod(pod -> pod.putSecretEnv("A", SecretRef.of("kept", "token"))
                                .putSecretEnv("B", SecretRef.of("kept", "no-token"))))
                .check(platform);

        assertThat(report.problems().stream().map(Object::toString))
                .containsExactly(
                        "predictors[0].componentSpecs[0].containers[model].env[B] must name an entry of Secret kept, was"
                                + " 'no-token'");
        assertThat(report.toString()).doesNotContain("hush", "aHVzaA");
    }

    private Map<String, Object> named(String name) {
        return Map.of("name", name, "namespace", namespace);
    }

    @Test
    void check_serversTheClusterHasNot_areNamedWithThoseItHas() {
        SeldonDeployment unknown = deployment(p -> p.server(ServerImplementation.of("OUR_SERVER")));
        assertThat(problems(unknown))
                .singleElement()
                .asString()
                .startsWith(
                        "predictors[0].graph.implementation must be a server of the cluster's seldon-config, which has"
                                + " [HUGGINGFACE_SERVER, MLFLOW_SERVER, ")
                .endsWith("], was OUR_SERVER");

        SeldonDeployment foreign = SeldonDeployment.builder("looked")
                .protocol(ServingProtocol.of("tensorflow"))
                .addPredictor(p -> p.name("main")
                        .graph(GraphNode.model("model", ServerImplementation.TENSORFLOW, URI.create("s3://m/1"))))
                .build();
        assertThat(problems(foreign)).isEmpty();
        SeldonDeployment own = deployment(p -> p.graph(GraphNode.container("model", NodeType.MODEL))
                .addComponentSpec(c -> c.pod("model", pod -> pod.image("registry/own:1"))));
        assertThat(problems(own)).isEmpty();
    }

    @Test
    void check_byOneWhoMayReadNothing_saysWhatItCouldNotLookAt() {
        try (MlPlatform outsider = outsider(namespace)) {
            CheckReport report = deployment(p -> p.gpu(Gpu.nvidia(64)).envSecretRefName("gone"))
                    .check(outsider);

            assertThat(report.problems()).isEmpty();
            assertThat(report.isSound()).isTrue();
            assertThat(report.unknown())
                    .anyMatch(u -> u.startsWith("the servers: ConfigMap seldon-config may not be read: "))
                    .anyMatch(u ->
                            u.startsWith("Istio, Ambassador and KEDA: the operator's Deployment may not be read: "))
                    .anyMatch(u -> u.startsWith("Secret gone may not be read: "))
                    .anyMatch(u -> u.startsWith("names: the services may not be listed: "))
                    .anyMatch(u -> u.startsWith("names: the deployments may not be listed: "))
                    .anyMatch(u -> u.startsWith("nodes may not be listed: "))
                    .anyMatch(u -> u.startsWith("quotas may not be listed: "))
                    .hasSize(7);
            assertThat(report.toString()).contains("unknown: nodes may not be listed: ");
        }
    }
}
