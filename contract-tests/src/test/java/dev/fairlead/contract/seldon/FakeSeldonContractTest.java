package dev.fairlead.contract.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.contract.inference.Models;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.RolloutFailure;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.VirtualClock;
import dev.fairlead.testing.inference.ServedModel;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.seldon.FakeSeldon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

@RanOn("fake")
class FakeSeldonContractTest extends SeldonContract {
    @Override
    Place open() {
        return place("seldon-contract");
    }

    static Place place(String namespace) {
        VirtualClock clock = new VirtualClock();
        FakeKube kube = FakeKube.start(clock);
        kube.store().upsert(KubeAccess.Kind.NAMESPACE, Map.of("metadata", Map.of("name", namespace)));
        Path tiny = Models.tiny();
        FakeSeldon seldon = FakeSeldon.builder(kube)
                .clock(clock)
                .rolloutTime(Duration.ofSeconds(20))
                .models("s3://models/tiny", uri -> ServedModel.load(tiny))
                .start();
        return new Place() {
            @Override
            public MlPlatform connect() {
                MlPlatform.Builder builder =
                        MlPlatform.builder().kubeconfig(kube.kubeconfig()).namespace(namespace);
                PlatformHooks.of(builder).clock(clock).sleeper(clock::sleep);
                return builder.build();
            }

            @Override
            public PredictorSpec broken(RolloutFailure.Kind kind, String deployment, PredictorSpec predictor) {
                String name = predictor.name();
                switch (kind) {
                    case IMAGE -> seldon.stuckPulling(deployment, name);
                    case MODEL -> seldon.modelUnreadable(deployment, name, "Failed to copy: directory not found");
                    case CRASH -> seldon.crashing(deployment, name, "out of luck");
                    case CONFIGURATION -> seldon.misconfigured(deployment, name, "secret \"s3\" not found");
                    case NO_GPU -> seldon.unschedulable(deployment, name);
                    default -> throw new IllegalArgumentException(kind.name());
                }
                boolean gpus = kind == RolloutFailure.Kind.NO_GPU;
                return predictor.with(p -> (gpus ? p.gpu(Gpu.nvidia(64)) : p).putAnnotation("changed", "yes"));
            }

            @Override
            public void close() {
                seldon.close();
                kube.close();
            }
        };
    }
}
