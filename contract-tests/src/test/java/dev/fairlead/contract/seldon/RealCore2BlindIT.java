package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.seldon.core2.SeldonExperiment;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.SeldonCore2;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One negative number, which the schema allows, and the real operator sees no object of the kind any more. */
@RanOn("seldon core 2.6.0")
@EnabledIfSystemProperty(named = "fairlead.campaign", matches = "full")
class RealCore2BlindIT {
    /** The operator puts its own on every object it sees. */
    private static final String MARK = "finalizers";

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void apply_negativeWeight_keepsTheOperatorFromEveryExperiment() {
        RealServers.seldon2();
        try (MlPlatform platform = MlPlatform.builder()
                .kubeconfig(RealServers.kubernetes().kubeconfig())
                .namespace(SeldonCore2.NAMESPACE)
                .build()) {
            KubeAccess kube = PlatformSpi.of(platform).kube();
            KubeAccess.Kind kind = kube.kind("mlops.seldon.io/v1alpha1", "Experiment");
            Map<String, Object> negative = experiment("blinding", -1);
            assertThat(SeldonExperiment.fromTree(negative).problems())
                    .extracting(Object::toString)
                    .contains("spec.candidates[0].weight must not be negative, was -1");

            kube.apply(kind, negative, KubeAccess.Apply.DEFAULT);
            LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            kube.apply(kind, experiment("unseen", 1), KubeAccess.Apply.DEFAULT);
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());

            assertThat(metadata(kube, kind)).doesNotContainKey(MARK);
            kube.delete(kind, SeldonCore2.NAMESPACE, "blinding");
            Instant end = Instant.now().plus(LIMIT);
            while (!metadata(kube, kind).containsKey(MARK) && Instant.now().isBefore(end)) {
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
            assertThat(metadata(kube, kind)).containsKey(MARK);
            kube.delete(kind, SeldonCore2.NAMESPACE, "unseen");
        }
    }

    private static Map<String, Object> metadata(KubeAccess kube, KubeAccess.Kind kind) {
        return SeldonContract.at(kube.get(kind, SeldonCore2.NAMESPACE, "unseen"), "metadata");
    }

    private static Map<String, Object> experiment(String name, int weight) {
        String json = "{'apiVersion':'mlops.seldon.io/v1alpha1','kind':'Experiment','metadata':{'name':'" + name
                + "','namespace':'" + SeldonCore2.NAMESPACE + "'},'spec':{'candidates':[{'name':'a','weight':" + weight
                + "},{'name':'b','weight':5}]}}";
        return JsonCodec.camelCase().object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "test");
    }
}
