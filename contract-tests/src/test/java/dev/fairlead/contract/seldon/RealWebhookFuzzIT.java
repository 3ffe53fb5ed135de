package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.seldon.FakeSeldon;
import dev.fairlead.testing.server.RealServers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Asks the real webhook, our fake's and our own rules about the same generated deployments. */
@RanOn("seldon core 1.17.1")
class RealWebhookFuzzIT {
    private static final int SAMPLE = "full".equals(System.getProperty("fairlead.campaign")) ? 5000 : 300;
    private static final String PASSED = "passed";

    /** What we refuse and the webhook does not: each breaks later, which {@link RealBreaksLaterIT} and the contract show. */
    private static final List<String> LATER = List.of(
            "must be a server that speaks the protocol",
            "must not be negative",
            "must be 0 to 100 percent",
            "must have traffic 100, or none said",
            "must hold one that is no shadow",
            "must begin with a pod that holds a container of the graph",
            "must not be set where no container holds the model",
            "must not be set where no container runs the node",
            "must not be set where no container runs the graph's first node: the operator crashes",
            "must have one node of TENSORFLOW_SERVER in a pod",
            "must not make two objects of one name",
            "must hold at most one pdbSpec",
            "must be set, or maxUnavailable, and not both",
            "must not stand beside kedaSpec",
            "must not be set with hpaSpec or kedaSpec",
            "must be at least 1",
            "must not be above maxReplicas",
            "must be set; without it the operator silently makes no explainer",
            "must be one of [AnchorTabular",
            "must be whole seconds",
            "must have an image",
            "must name a node of the graph");

    private static String verdict(KubeAccess kube, Map<String, Object> object) {
        try {
            kube.apply(SeldonContract.KIND, object, KubeAccess.Apply.DEFAULT.asDryRun());
            return PASSED;
        } catch (InvalidRequestException e) {
            return e.reason();
        }
    }

    @Test
    @Proves({"seldon.webhook-equal", "seldon.fake-as-real"})
    void generatedDeployments_realFakeAndOurRules_agree() {
        RealServers.seldon();
        int refused = 0;
        List<String> disagreements = new ArrayList<>();
        List<String> strayed = new ArrayList<>();
        int later = 0;
        try (FakeKube fakeKube = FakeKube.start();
                FakeSeldon fakeSeldon = FakeSeldon.start(fakeKube);
                MlPlatform real = MlPlatform.builder()
                        .kubeconfig(RealServers.kubernetes().kubeconfig())
                        .namespace("default")
                        .build();
                MlPlatform fake = MlPlatform.builder()
                        .kubeconfig(fakeKube.kubeconfig())
                        .namespace("default")
                        .build()) {
            KubeAccess realKube = PlatformSpi.of(real).kube();
            KubeAccess fakesKube = PlatformSpi.of(fake).kube();
            for (int i = 0; i < SAMPLE; i++) {
                Map<String, Object> object = object(new SpecGenerator(i).spec());
                String verdict = verdict(realKube, object);
                String fakes = verdict(fakesKube, object);
                List<String> problems = SeldonDeployment.fromTree(object).problems().stream()
                        .map(Object::toString)
                        .toList();
                boolean ours = problems.isEmpty();
                if (verdict.equals(PASSED) && !ours) {
                    later++;
                    problems.stream()
                            .filter(p -> LATER.stream().noneMatch(p::contains))
                            .forEach(strayed::add);
                }
                refused += verdict.equals(PASSED) ? 0 : 1;
                boolean missing = ours && !verdict.equals(PASSED) && !onlyTheClusterKnows(verdict);
                if (!verdict.equals(fakes) || missing) {
                    disagreements.add("seed " + i + ": " + JsonCodec.camelCase().text(object.get("spec")) + "\n  real: "
                            + verdict + "\n  fake: " + fakes + "\n  ours: " + (ours ? PASSED : "refused"));
                }
            }
            assertThat(fakeSeldon.gatewayRequests()).isEmpty();
        }
        assertThat(disagreements).as("of %d, %d refused", SAMPLE, refused).isEmpty();
        assertThat(strayed)
                .as("refused by us alone, of %d, for no reason that is known to break later", later)
                .isEmpty();
        assertThat(refused).as("both kinds occur").isBetween(SAMPLE / 5, SAMPLE * 19 / 20);
    }

    /** Which servers a cluster has only its own configuration tells. */
    private static boolean onlyTheClusterKnows(String verdict) {
        int problems = verdict.split("Invalid value:", -1).length;
        return problems > 1 && problems == verdict.split("No entry in predictors map for NO_SERVER", -1).length;
    }

    private static Map<String, Object> object(Map<String, Object> spec) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "machinelearning.seldon.io/v1");
        object.put("kind", "SeldonDeployment");
        object.put("metadata", Map.of("name", "generated", "namespace", "default"));
        object.put("spec", spec);
        return object;
    }
}
