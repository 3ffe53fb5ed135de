package dev.fairlead.examples;

import dev.fairlead.MlPlatform;
import dev.fairlead.ModelSource;
import dev.fairlead.inference.Tensor;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.seldon.FakeSeldon;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Rolls a canary out, asks it, and moves traffic to it. */
public final class RollOut {
    private RollOut() {}

    /** Runs it, on a cluster in this JVM whose models answer what they are asked. */
    public static void main(String[] arguments) {
        try (FakeKube kube = FakeKube.start();
                FakeSeldon fake =
                        FakeSeldon.builder(kube).model("s3://models", in -> in).start();
                MlPlatform platform = MlPlatform.builder()
                        .kubeconfig(kube.kubeconfig())
                        .namespace("default")
                        .build()) {
            System.out.println(fake);
            System.out.println(rollOut(SeldonClient.create(platform)).state());
        }
    }

    // region deployment
    static SeldonDeployment flights() {
        return SeldonDeployment.builder("flights")
                .protocol(ServingProtocol.V2)
                .addPredictor(p -> p.name("main")
                        .server(ServerImplementation.MLFLOW)
                        .model(ModelSource.of(URI.create("s3://models/flights/1")))
                        .replicas(2)
                        .traffic(90))
                .addPredictor(p -> p.name("canary")
                        .server(ServerImplementation.MLFLOW)
                        .model(ModelSource.of(URI.create("s3://models/flights/2")))
                        .traffic(10))
                .build();
    }
    // endregion

    // region roll-out
    static SeldonDeploymentStatus rollOut(SeldonClient seldon) {
        seldon.deployments()
                .deploy(flights())
                .await(Duration.ofMinutes(5)); // or a RolloutFailedException with the cause
        seldon.model("flights", "canary").infer(Tensor.of("x", new float[] {1, 2}));
        return seldon.deployments()
                .shiftTraffic("flights", Map.of("main", 0, "canary", 100))
                .await(Duration.ofMinutes(5));
    }
    // endregion
}
