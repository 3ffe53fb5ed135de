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
                boolean ours = SeldonDeployment.fromTree(object).problems().isEmpty();
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
