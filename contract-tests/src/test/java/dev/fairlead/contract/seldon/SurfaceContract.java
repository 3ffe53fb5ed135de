package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.seldon.CheckReport;
import dev.fairlead.seldon.DeploymentPlan;
import dev.fairlead.seldon.PlannedObject;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.StorageSecret;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Everything a deployment can say, and everything the operator makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SurfaceContract {
    private static final int SAMPLE = "full".equals(System.getProperty("fairlead.campaign")) ? 200 : 12;
    /** The real cluster has addresses for 250 Services. */
    private static final int BATCH = 20;

    private static final List<String[]> KINDS = List.of(
            new String[] {"apps/v1", "Deployment"},
            new String[] {"v1", "Service"},
            new String[] {"autoscaling/v2", "HorizontalPodAutoscaler"},
            new String[] {"policy/v1", "PodDisruptionBudget"},
            new String[] {"keda.sh/v1alpha1", "ScaledObject"},
            new String[] {"networking.istio.io/v1alpha3", "VirtualService"},
            new String[] {"networking.istio.io/v1alpha3", "DestinationRule"},
            new String[] {"getambassador.io/v2", "Mapping"},
            new String[] {"getambassador.io/v2", "TLSContext"});

    private SeldonContract.Place place;
    private MlPlatform platform;
    private SeldonClient seldon;
    private KubeAccess kube;

    abstract SeldonContract.Place open();

    /** Returns the kinds the cluster serves. */
    abstract List<String> served();

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

    @Test
    @Proves({"seldon.surface", "seldon.lossless"})
    void apply_everythingThereIsToSay_readsBackAsSent() {
        SeldonDeployment sent = Surfaces.whole("whole", platform.namespace());
        assertThat(sent.problems()).isEmpty();
        assertThat(SeldonDeployment.fromTree(sent.toTree())).isEqualTo(sent);

        assertThat(seldon.deployments().dryRun(sent).toTree()).isEqualTo(sent.toTree());
        kube.apply(SeldonContract.KIND, sent.toTree(), KubeAccess.Apply.DEFAULT);

        assertThat(seldon.deployments().get("whole").toTree()).isEqualTo(sent.toTree());
        assertThat(seldon.deployments().get("whole")).isEqualTo(sent);
        seldon.deployments().delete("whole");
    }

    @Test
    @Proves({"seldon.plan", "seldon.plan-ambassador"})
    void explainPlan_generatedDeployments_isWhatTheOperatorMakes() {
        int objects = 0;
        for (int from = 0; from < SAMPLE; from += BATCH) {
            List<SeldonDeployment> batch = new ArrayList<>();
            for (int i = from; i < Math.min(SAMPLE, from + BATCH); i++) {
                batch.add(SoundGenerator.deployment(i, "g" + i, platform.namespace()));
            }
            objects += compare(batch);
        }
        assertThat(objects).isGreaterThan(4 * SAMPLE);
    }

    /** Lets the operator make some deployments and takes them away again; returns how many objects were compared. */
    private int compare(List<SeldonDeployment> deployments) {
        Map<String, TreeSet<String>> planned = new TreeMap<>();
        deployments.forEach(
                d -> planned.put(d.name(), planned(seldon.deployments().explainPlan(d))));
        deployments.forEach(d -> kube.apply(SeldonContract.KIND, d.toTree(), KubeAccess.Apply.DEFAULT));

        await(() -> made(deployments, planned).equals(planned));
        assertThat(differences(planned, made(deployments, planned))).isEmpty();

        deployments.forEach(d -> seldon.deployments().delete(d.name()));
        await(() -> kube.list(KubeAccess.Kind.SERVICE, platform.namespace(), null).stream()
                .findAny()
                .isEmpty());
        return planned.values().stream().mapToInt(TreeSet::size).sum();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(120));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
    }

    private static List<String> differences(Map<String, TreeSet<String>> planned, Map<String, TreeSet<String>> made) {
        List<String> differences = new ArrayList<>();
        planned.forEach((name, lines) -> {
            TreeSet<String> missing = new TreeSet<>(lines);
            missing.removeAll(made.get(name));
            TreeSet<String> more = new TreeSet<>(made.get(name));
            more.removeAll(lines);
            if (!missing.isEmpty() || !more.isEmpty()) {
                differences.add(name + ": planned and not made " + missing + ", made and not planned " + more);
            }
        });
        return differences;
    }

    private static TreeSet<String> planned(DeploymentPlan plan) {
        TreeSet<String> lines = new TreeSet<>();
        for (PlannedObject object : plan.objects()) {
            lines.add(object.kind() + " " + object.name() + " "
                    + (object.ports().isEmpty() ? "" : new TreeMap<>(object.ports()))
                    + (object.replicas().isPresent() ? object.replicas().getAsInt() : ""));
        }
        plan.routes().stream()
                .filter(r -> r.kind().equals("rest"))
                .findFirst()
                .ifPresent(r -> lines.add("address " + r.address()));
        return lines;
    }

    private Map<String, TreeSet<String>> made(
            List<SeldonDeployment> deployments, Map<String, TreeSet<String>> planned) {
        Map<String, TreeSet<String>> made = new TreeMap<>();
        deployments.forEach(d -> made.put(d.name(), new TreeSet<>()));
        for (String[] each : KINDS) {
            if (served().contains(each[1])) {
                KubeAccess.Kind kind = kube.kind(each[0], each[1]);
                kube.list(kind, platform.namespace(), null).forEach(object -> add(object, each[1], made, planned));
            }
        }
        kube.list(SeldonContract.KIND, platform.namespace(), null).forEach(object -> {
            TreeSet<String> lines = made.get(SeldonContract.<String>at(object, "metadata", "name"));
            if (lines != null
                    && object.get("status") instanceof Map<?, ?> status
                    && status.get("address") instanceof Map<?, ?> address) {
                lines.add("address " + address.get("url"));
            }
        });
        return made;
    }

    private static void add(
            Map<String, Object> object,
            String kind,
            Map<String, TreeSet<String>> made,
            Map<String, TreeSet<String>> planned) {
        Map<String, Object> metadata = SeldonContract.at(object, "metadata");
        if (!(metadata.get("ownerReferences") instanceof List<?> owners) || owners.isEmpty()) {
            return;
        }
        String owner = String.valueOf(((Map<?, ?>) owners.get(0)).get("name"));
        if (!made.containsKey(owner)) {
            return;
        }
        Map<String, Object> ports = new TreeMap<>();
        String replicas = "";
        if (kind.equals("Service")) {
            SeldonContract.<List<Map<String, Object>>>at(object, "spec", "ports")
                    .forEach(p -> ports.put(String.valueOf(p.get("name")), p.get("port")));
        } else if (kind.equals("Deployment")) {
            Object number =
                    SeldonContract.<Map<String, Object>>at(object, "spec").getOrDefault("replicas", 1);
            String start = "Deployment " + metadata.get("name") + " ";
            boolean said = planned.get(owner).contains(start + number);
            replicas = said || !planned.get(owner).contains(start) ? String.valueOf(number) : "";
        }
        made.get(owner).add(kind + " " + metadata.get("name") + " " + (ports.isEmpty() ? "" : ports) + replicas);
    }

    @Test
    @Proves("seldon.check")
    void check_whatTheClusterLacks_isFoundBeforeSending() {
        seldon.apply(StorageSecret.s3("models-s3")
                .endpoint(URI.create("http://minio:9000"))
                .keys("reader", "hush-hush")
                .build());
        SeldonDeployment deployment = SeldonDeployment.builder("lacking")
                .protocol(ServingProtocol.V2)
                .addPredictor(PredictorSpec.builder()
                        .name("a")
                        .server(ServerImplementation.of("OUR_SERVER"))
                        .modelUri("s3://m/1")
                        .envSecretRefName("models-s3")
                        .traffic(50))
                .addPredictor(PredictorSpec.builder()
                        .name("b")
                        .server(ServerImplementation.MLFLOW)
                        .modelUri("pvc://nowhere/m")
                        .envSecretRefName("absent")
                        .gpu(dev.fairlead.kubernetes.Gpu.nvidia(64))
                        .certSecretName("tls")
                        .traffic(50))
                .build();

        CheckReport report = deployment.check(platform);

        assertThat(report.problems().stream().map(Object::toString))
                .anyMatch(p -> p.startsWith(
                                "predictors[0].graph.implementation must be a server of the cluster's seldon-config,"
                                        + " which has [HUGGINGFACE_SERVER, MLFLOW_SERVER,")
                        && p.endsWith("was OUR_SERVER"))
                .contains(
                        "predictors[1].graph.envSecretRefName must name a Secret of namespace " + platform.namespace()
                                + ", was 'absent'",
                        "predictors[1].graph.modelUri must name a PersistentVolumeClaim of namespace "
                                + platform.namespace() + ", was 'nowhere'",
                        "predictors[1].ssl.certSecretName must name a Secret of namespace " + platform.namespace()
                                + ", was 'tls'")
                .noneMatch(p -> p.contains("models-s3"));
        assertThat(report.toString()).doesNotContain("hush-hush");
        assertThat(report.unknown()).isEmpty();
        Map<String, Object> secret =
                kube.get(new KubeAccess.Kind("", "v1", "secrets", "Secret", true), platform.namespace(), "models-s3");
        assertThat(SeldonContract.<Map<String, Object>>at(secret, "data"))
                .containsEntry(
                        "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY",
                        Base64.getEncoder()
                                .encodeToString("hush-hush".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .containsKeys("RCLONE_CONFIG_S3_TYPE", "RCLONE_CONFIG_S3_ENDPOINT", "RCLONE_CONFIG_S3_ACCESS_KEY_ID");
    }

    static Map<String, Object> object(String name, String namespace, Map<String, Object> spec) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "machinelearning.seldon.io/v1");
        object.put("kind", "SeldonDeployment");
        object.put("metadata", Map.of("name", name, "namespace", namespace));
        object.put("spec", spec);
        return object;
    }
}
