package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;

@RanOn("mlflow 2.22.5")
class RealMlflow2UsersContractIT extends UsersContract {
    @Override
    Place open() {
        return OwnServerPlace.start(MlflowServer.LAST_2, MlflowServer.Builder::basicAuth);
    }
}
