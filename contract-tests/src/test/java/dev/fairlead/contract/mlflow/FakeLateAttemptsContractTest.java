package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeLateAttemptsContractTest extends LateAttemptsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
