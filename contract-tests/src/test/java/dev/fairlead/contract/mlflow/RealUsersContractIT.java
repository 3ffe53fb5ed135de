package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;

@RanOn("mlflow 3.17.2")
class RealUsersContractIT extends UsersContract {
    @Override
    Place open() {
        return OwnServerPlace.start(MlflowServer.CURRENT, MlflowServer.Builder::basicAuth);
    }
}
