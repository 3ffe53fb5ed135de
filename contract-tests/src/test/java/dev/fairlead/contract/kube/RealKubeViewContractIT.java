package dev.fairlead.contract.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@RanOn("kubernetes 1.36.3")
class RealKubeViewContractIT extends KubeViewContract {
    @Override
    Path kubeconfig() {
        return RealServers.kubernetes().admin().kubeconfig();
    }

    @Override
    Optional<Path> outsider() {
        return Optional.of(RealServers.kubernetes().outsider().kubeconfig());
    }

    @Test
    @Proves("core.kube.collection-watch")
    void view_apiServerCrashed_relistsAndTellsWhatChangedOnce() {
        relists(watching, () -> {
            // an API server that comes back knows nothing of what was before its newest change of any kind
            kube.mergePatch(Kind.NAMESPACE, "", ns, Map.of("metadata", Map.of("labels", Map.of("a", "b"))), "");
            RealServers.kubernetes().restartApiServer();
        });
    }
}
