package dev.fairlead.contract.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.contract.inference.Models;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.RolloutFailure;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.RealServers;

@RanOn("seldon core 1.17.1")
class RealSeldonContractIT extends SeldonContract {
    private static final String NAMESPACE = "seldon-contract";

    @Override
    Place open() {
        return place(NAMESPACE);
    }

    static Place place(String namespace) {
        RealServers.startInBackground(RealServers.Kind.SELDON, RealServers.Kind.MLSERVER);
        RealServers.seldon();
        KubeCluster cluster = RealServers.kubernetes();
        RealServers.mlServer().loadMlflowModel("tiny", Models.tiny());
        cluster.apply(
                "/api/v1/namespaces/" + namespace,
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + namespace + "\"}}");
        return new Place() {
            @Override
            public MlPlatform connect() {
                return MlPlatform.builder()
                        .kubeconfig(cluster.kubeconfig())
                        .namespace(namespace)
                        .build();
            }

            @Override
            public PredictorSpec broken(RolloutFailure.Kind kind, String deployment, PredictorSpec predictor) {
                return predictor.with(p -> {
                    switch (kind) {
                        case IMAGE -> p.putAnnotation(KubeCluster.FAULT, "ImagePullBackOff");
                        case MODEL -> p.putAnnotation(KubeCluster.FAULT, "InitError");
                        case CRASH -> p.putAnnotation(KubeCluster.FAULT, "CrashLoopBackOff");
                        case CONFIGURATION -> p.putAnnotation(KubeCluster.FAULT, "CreateContainerConfigError");
                        case NO_GPU -> p.gpu(Gpu.nvidia(64));
                        default -> throw new IllegalArgumentException(kind.name());
                    }
                });
            }
        };
    }
}
