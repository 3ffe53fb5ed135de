package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeRunsContractTest extends RunsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
