package dev.fairlead.examples;

import dev.fairlead.MlPlatform;
import dev.fairlead.ModelSource;
import dev.fairlead.seldon.RolloutGuard;
import dev.fairlead.seldon.RolloutSpec;
import dev.fairlead.seldon.RolloutVerdict;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.seldon.FakeSeldon;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Moves the traffic to a new model step by step, watched by guards. */
public final class ShiftTraffic {
    private ShiftTraffic() {}

    /** Runs it with short steps, on a cluster in this JVM. */
    public static void main(String[] arguments) {
        try (FakeKube kube = FakeKube.start();
                FakeSeldon fake =
                        FakeSeldon.builder(kube).model("s3://models", in -> in).start();
                MlPlatform platform = MlPlatform.builder()
                        .kubeconfig(kube.kubeconfig())
                        .namespace("default")
                        .build()) {
            System.out.println(fake);
            SeldonClient seldon = SeldonClient.create(platform);
            seldon.deployments()
                    .deploy(SeldonDeployment.builder("flights")
                            .protocol(ServingProtocol.V2)
                            .addPredictor(p -> p.name("v1")
                                    .server(ServerImplementation.MLFLOW)
                                    .modelUri("s3://models/flights/1"))
                            .build())
                    .await(Duration.ofMinutes(5));
            RolloutGuard answers =
                    RolloutGuard.of("answers", step -> RolloutVerdict.passed("at " + step.percent() + " percent"));
            System.out.println(
                    shift(seldon, Duration.ofSeconds(1), List.of(answers)).state());
            System.out.println(seldon.deployments().get("flights").predictors());
        }
    }

    // region guards
    static List<RolloutGuard> guards() {
        return List.of(
                RolloutGuard.errorRate(0.01), // of the orchestrator's metrics in Prometheus, at prometheus.uri
                RolloutGuard.latency(0.95, Duration.ofMillis(300)));
    }
    // endregion

    // region shift
    static SeldonDeploymentStatus shift(SeldonClient seldon, Duration stepFor, List<RolloutGuard> guards) {
        RolloutSpec toV2 = RolloutSpec.builder("flights")
                .candidate(p -> p.name("v2")
                        .server(ServerImplementation.MLFLOW)
                        .model(ModelSource.of(URI.create("s3://models/flights/2"))))
                .steps(10, 50, 100)
                .stepFor(stepFor)
                .checkEvery(stepFor.dividedBy(10))
                .guards(guards)
                .build();
        return seldon.deployments()
                .rollout(toV2)
                .onProgress(p -> System.out.println(p.state() + " " + p.detail()))
                .await(Duration.ofHours(1)); // or a RolloutReturnedException: v1 has all traffic, v2 is gone
    }
    // endregion

    // region resume
    static void resume(SeldonClient seldon) {
        seldon.deployments().unfinishedRollouts().forEach(rollout -> rollout.await(Duration.ofHours(1)));
    }
    // endregion
}
