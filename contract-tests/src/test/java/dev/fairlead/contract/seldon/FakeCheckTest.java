package dev.fairlead.contract.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.seldon.FakeSeldon;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

@RanOn("fake")
class FakeCheckTest extends CheckContract {
    private final FakeKube kube = FakeKube.start();
    private final FakeSeldon seldon = FakeSeldon.start(kube);

    private MlPlatform connect(String namespace) {
        return MlPlatform.builder()
                .kubeconfig(kube.kubeconfig())
                .namespace(namespace)
                .build();
    }

    @Override
    MlPlatform open(String namespace, String other) {
        List.of(namespace, other)
                .forEach(n -> kube.store().upsert(KubeAccess.Kind.NAMESPACE, Map.of("metadata", Map.of("name", n))));
        node("cpu-1", Map.of(), Map.of("cpu", "32"));
        node("a100-1", product("NVIDIA-A100-SXM4-40GB"), Map.of("nvidia.com/gpu", "2"));
        node("mig-1", product("NVIDIA-A100-SXM4-40GB"), Map.of("nvidia.com/mig-1g.5gb", "4"));
        node("t4-1", product("Tesla-T4"), Map.of("nvidia.com/gpu", "1"));
        node("amd-1", Map.of(), Map.of("amd.com/gpu", "2"));
        return connect(namespace);
    }

    private static Map<String, Object> product(String product) {
        return Map.of("nvidia.com/gpu.product", product);
    }

    private void node(String name, Map<String, Object> labels, Map<String, Object> allocatable) {
        kube.store()
                .upsert(
                        KubeAccess.Kind.NODE,
                        Map.of(
                                "metadata",
                                Map.of("name", name, "labels", labels),
                                "status",
                                Map.of("allocatable", allocatable)));
    }

    /** Its own platform, whose every request is refused. */
    @Override
    MlPlatform outsider(String namespace) {
        kube.failNext("*", 403, 100);
        return connect(namespace);
    }

    @Override
    void quota(KubeAccess access, String namespace, Map<String, Object> hard, Map<String, Object> used) {
        kube.store()
                .upsert(
                        QUOTA,
                        Map.of(
                                "metadata",
                                Map.of("name", "small", "namespace", namespace),
                                "spec",
                                Map.of("hard", hard),
                                "status",
                                Map.of("hard", hard, "used", used)));
    }

    @AfterEach
    void refuseNoMore() {
        kube.forgetRequests();
    }

    @Override
    void close() {
        seldon.close();
        kube.close();
    }
}
