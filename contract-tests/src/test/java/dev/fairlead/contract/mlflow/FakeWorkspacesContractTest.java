package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeWorkspacesContractTest extends WorkspacesContract {
    @Override
    Place open() {
        return FakePlace.withWorkspaces();
    }
}
