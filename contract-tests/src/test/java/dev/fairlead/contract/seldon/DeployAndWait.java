package dev.fairlead.contract.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.testing.server.KubeCluster;
import java.nio.file.Path;
import java.time.Duration;

/** Is a program that deploys and waits; it is to be killed. Arguments: kubeconfig, namespace, then names of deployments. */
final class DeployAndWait {
    private DeployAndWait() {}

    /** Makes a predictor that waits for a node of its own, or one that never gets ready. */
    static SeldonDeployment deployment(String name) {
        PredictorSpec.Builder predictor = PredictorSpec.builder()
                .name("main")
                .server(ServerImplementation.MLFLOW)
                .modelUri("s3://models/1");
        if (name.equals("never")) {
            predictor.putAnnotation(KubeCluster.FAULT, "NeverReady").progressDeadline(Duration.ofSeconds(5));
        } else {
            predictor.pod(pod -> pod.putNodeSelector("kubernetes.io/hostname", "late-1"));
        }
        return SeldonDeployment.builder(name)
                .protocol(ServingProtocol.V2)
                .addPredictor(predictor)
                .build();
    }

    public static void main(String[] arguments) {
        try (MlPlatform platform = MlPlatform.builder()
                .kubeconfig(Path.of(arguments[0]))
                .namespace(arguments[1])
                .build()) {
            SeldonClient seldon = SeldonClient.create(platform);
            Operation<SeldonDeploymentStatus> last = null;
            for (int i = 2; i < arguments.length; i++) {
                last = seldon.deployments().deploy(deployment(arguments[i]));
                System.out.println("id " + last.id());
            }
            last.onProgress(p -> System.out.println("progress " + p.detail())).await(Duration.ofMinutes(5));
        }
    }
}
