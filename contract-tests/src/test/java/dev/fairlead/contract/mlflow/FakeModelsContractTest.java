package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeModelsContractTest extends ModelsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
