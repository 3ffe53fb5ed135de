package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeInputsContractTest extends InputsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
