package dev.fairlead.contract.seldon;

import dev.fairlead.MlPlatform;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.RealServers;

@RanOn("seldon core 2.6.0")
class RealCore2SurfaceContractIT extends Core2SurfaceContract {
    /** The operator works in another namespace, so that nothing but the API server changes what is sent here. */
    private static final String NAMESPACE = "core2-surface";

    @Override
    MlPlatform connect() {
        RealServers.startInBackground(RealServers.Kind.SELDON_2);
        RealServers.seldon2();
        KubeCluster cluster = RealServers.kubernetes();
        cluster.apply(
                "/api/v1/namespaces/" + NAMESPACE,
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + NAMESPACE + "\"}}");
        return MlPlatform.builder()
                .kubeconfig(cluster.kubeconfig())
                .namespace(NAMESPACE)
                .build();
    }
}
