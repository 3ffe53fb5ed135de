package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeLoggedModelsContractTest extends LoggedModelsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
