package dev.fairlead.examples;

import dev.fairlead.MlPlatform;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.seldon.CheckReport;
import dev.fairlead.seldon.GraphNode;
import dev.fairlead.seldon.NodeType;
import dev.fairlead.seldon.PdbSpec;
import dev.fairlead.seldon.ScalingMetric;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.StorageSecret;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.seldon.FakeSeldon;
import java.net.URI;

/** Describes a transformer before a model, sees what will become of it, and asks the cluster for what it needs. */
public final class LookBeforeYouDeploy {
    private LookBeforeYouDeploy() {}

    /** Runs it, on a cluster in this JVM. */
    public static void main(String[] arguments) {
        try (FakeKube kube = FakeKube.start();
                FakeSeldon fake = FakeSeldon.start(kube);
                MlPlatform platform = MlPlatform.builder()
                        .kubeconfig(kube.kubeconfig())
                        .namespace("default")
                        .build()) {
            System.out.println(fake);
            credentials(SeldonClient.create(platform), "reader", "hush");
            System.out.println(delays(true).explainPlan());
            System.out.println(look(platform));
        }
    }

    // region graph
    static SeldonDeployment delays(boolean onGpu) {
        return SeldonDeployment.builder("delays")
                .addPredictor(p -> p.name("main")
                        .graph(GraphNode.container("transformer", NodeType.TRANSFORMER)
                                .addChild(GraphNode.container("predictor", NodeType.MODEL)))
                        .addComponentSpec(c -> c.pod(
                                        "transformer",
                                        pod -> pod.image("registry/flights-transformer:1")
                                                .container("predictor", model -> {
                                                    model.image("registry/flights-model:1");
                                                    if (onGpu) {
                                                        model.gpu(Gpu.nvidia(1)).sharedMemory("1Gi");
                                                    }
                                                }))
                                .hpa(h -> h.minReplicas(2).maxReplicas(6).addMetric(ScalingMetric.cpu(60)))
                                .pdb(PdbSpec.maxUnavailable(1))))
                .build();
    }
    // endregion

    // region look
    static CheckReport look(MlPlatform platform) {
        SeldonDeployment delays = delays(true);
        delays.warnings().forEach(System.out::println); // what would be accepted and ignored
        System.out.println(
                SeldonClient.create(platform).deployments().explainPlan(delays)); // objects, names, ports, URLs
        return delays.check(platform); // servers, Secrets, GPUs, quotas, names: nothing is sent
    }
    // endregion

    // region credentials
    static void credentials(SeldonClient seldon, String accessKey, String secretKey) {
        seldon.apply(StorageSecret.s3("models-s3")
                .endpoint(URI.create("http://minio.ml:9000"))
                .keys(accessKey, secretKey)
                .build()); // a node names it: .envSecretRefName("models-s3")
    }
    // endregion
}
