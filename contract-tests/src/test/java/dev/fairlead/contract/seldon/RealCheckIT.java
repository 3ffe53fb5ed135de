package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

@RanOn("seldon core 1.17.1")
class RealCheckIT extends CheckContract {
    private static MlPlatform connect(Path kubeconfig, String namespace) {
        return MlPlatform.builder().kubeconfig(kubeconfig).namespace(namespace).build();
    }

    @Override
    MlPlatform open(String namespace, String other) {
        RealServers.seldon();
        KubeCluster cluster = RealServers.kubernetes();
        for (String each : List.of(namespace, other)) {
            cluster.apply(
                    "/api/v1/namespaces/" + each,
                    "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + each + "\"}}");
        }
        return connect(cluster.kubeconfig(), namespace);
    }

    @Override
    MlPlatform outsider(String namespace) {
        return connect(RealServers.kubernetes().outsider().kubeconfig(), namespace);
    }

    /** What is used is counted by the cluster: of pods, by as many that no node takes. */
    @Override
    void quota(KubeAccess kube, String namespace, Map<String, Object> hard, Map<String, Object> used) {
        Map<String, Object> container =
                Map.of("name", "c", "image", "i:1", "resources", Map.of("limits", Map.of("cpu", "0", "memory", "0")));
        IntStream.range(0, Integer.parseInt(String.valueOf(used.get("pods"))))
                .forEach(i -> kube.create(
                        KubeAccess.Kind.POD,
                        Map.of(
                                "metadata",
                                Map.of("name", "there-" + i, "namespace", namespace),
                                "spec",
                                Map.of("nodeSelector", Map.of("no", "node"), "containers", List.of(container)))));
        kube.create(
                QUOTA,
                Map.of("metadata", Map.of("name", "small", "namespace", namespace), "spec", Map.of("hard", hard)));
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!counted(kube, namespace, used) && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        Map<String, Object> silent = Map.of(
                "metadata",
                Map.of("name", "silent", "namespace", namespace),
                "spec",
                Map.of("containers", List.of(Map.of("name", "c", "image", "i:1"))));
        assertThatThrownBy(() -> kube.create(KubeAccess.Kind.POD, silent))
                .hasMessageContaining("failed quota: small: must specify limits.cpu for: c; requests.memory for: c");
    }

    private static boolean counted(KubeAccess kube, String namespace, Map<String, Object> used) {
        return kube.get(QUOTA, namespace, "small").get("status") instanceof Map<?, ?> status
                && status.get("used") instanceof Map<?, ?> counted
                && String.valueOf(used.get("pods")).equals(counted.get("pods"));
    }
}
