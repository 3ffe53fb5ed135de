package dev.fairlead.contract.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.seldon.RolloutGuard;
import dev.fairlead.seldon.RolloutSpec;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import java.nio.file.Path;
import java.time.Duration;

/** A program that begins a guarded rollout and tells how far it is, until it is killed. */
final class RolloutDriver {
    private RolloutDriver() {}

    /** Takes kubeconfig, namespace, the address of Prometheus, and the deployment. */
    public static void main(String[] arguments) {
        try (MlPlatform platform = connect(Path.of(arguments[0]), arguments[1], arguments[2])) {
            Operation<SeldonDeploymentStatus> rollout = SeldonClient.create(platform)
                    .deployments()
                    .rollout(spec(arguments[3]).build());
            System.out.println("id " + rollout.id());
            rollout.onProgress(p -> System.out.println(p.state() + " " + p.detail()))
                    .await(Duration.ofMinutes(2));
        }
    }

    static MlPlatform connect(Path kubeconfig, String namespace, String prometheus) {
        return MlPlatform.builder()
                .kubeconfig(kubeconfig)
                .namespace(namespace)
                .setting("prometheus.uri", prometheus)
                .build();
    }

    static RolloutSpec.Builder spec(String deployment) {
        return RolloutSpec.builder(deployment)
                .candidate(RolloutContract.predictor("next").build())
                .steps(10, 50, 100)
                .stepFor(Duration.ofSeconds(3))
                .checkEvery(Duration.ofMillis(300))
                .window(Duration.ofSeconds(4))
                .addGuard(RolloutGuard.errorRate(0.05))
                .addGuard(RolloutGuard.latency(0.9, Duration.ofMillis(300)));
    }
}
