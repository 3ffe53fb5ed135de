package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;

@RanOn("kubernetes 1.36.3")
class RealConfigMapIT extends ConfigMapContract {
    @Override
    Path kubeconfig() {
        return RealServers.kubernetes().admin().kubeconfig();
    }
}
