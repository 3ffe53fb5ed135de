package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeConnectionContractTest extends ConnectionContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
