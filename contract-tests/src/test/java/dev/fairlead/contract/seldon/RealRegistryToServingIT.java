package dev.fairlead.contract.seldon;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.net.URI;

@RanOn("seldon core 1.17.1")
class RealRegistryToServingIT extends RegistryToServingContract {
    @Override
    SeldonContract.Place open() {
        RealServers.startInBackground(RealServers.Kind.MLFLOW);
        return RealSeldonContractIT.place("seldon-registry");
    }

    @Override
    URI mlflow() {
        return RealServers.mlflow().uri();
    }
}
