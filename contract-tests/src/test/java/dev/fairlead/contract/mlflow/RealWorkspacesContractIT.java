package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;

@RanOn("mlflow 3.17.2")
class RealWorkspacesContractIT extends WorkspacesContract {
    @Override
    Place open() {
        return OwnServerPlace.start(MlflowServer.CURRENT, MlflowServer.Builder::workspaces);
    }
}
