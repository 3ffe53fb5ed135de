package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeOtlpContractTest extends OtlpContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
