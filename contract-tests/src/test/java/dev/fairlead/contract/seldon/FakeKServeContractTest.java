package dev.fairlead.contract.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.VirtualClock;
import dev.fairlead.testing.kube.FakeKube;
import java.util.List;
import java.util.Map;

@RanOn("fake")
class FakeKServeContractTest extends KServeContract {
    private final VirtualClock clock = new VirtualClock();
    private final FakeKube fake = FakeKube.start(clock);

    @Override
    MlPlatform open(String namespace) {
        fake.store().upsert(KubeAccess.Kind.NAMESPACE, Map.of("metadata", Map.of("name", namespace)));
        MlPlatform.Builder builder =
                MlPlatform.builder().kubeconfig(fake.kubeconfig()).namespace(namespace);
        PlatformHooks.of(builder).clock(clock).sleeper(clock::sleep);
        MlPlatform platform = builder.build();
        PlatformSpi.of(platform)
                .kube()
                .create(
                        new KubeAccess.Kind(
                                "apiextensions.k8s.io",
                                "v1",
                                "customresourcedefinitions",
                                "CustomResourceDefinition",
                                false),
                        Map.of(
                                "metadata",
                                Map.of("name", "inferenceservices.serving.kserve.io"),
                                "spec",
                                Map.of(
                                        "group",
                                        "serving.kserve.io",
                                        "scope",
                                        "Namespaced",
                                        "names",
                                        Map.of("plural", "inferenceservices", "kind", "InferenceService"),
                                        "versions",
                                        List.of(Map.of(
                                                "name",
                                                "v1beta1",
                                                "served",
                                                true,
                                                "storage",
                                                true,
                                                "subresources",
                                                Map.of("status", Map.of()))))));
        return platform;
    }

    @Override
    void run(KubeAccess kube, String namespace, String deployment) {
        Object generation = SeldonContract.at(
                kube.get(KubeAccess.Kind.DEPLOYMENT, namespace, deployment), "metadata", "generation");
        fake.store()
                .upsertStatus(
                        KubeAccess.Kind.DEPLOYMENT,
                        namespace,
                        deployment,
                        Map.of(
                                "observedGeneration",
                                generation,
                                "replicas",
                                1,
                                "updatedReplicas",
                                1,
                                "availableReplicas",
                                1));
    }

    @Override
    void close() {
        fake.close();
    }
}
