package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeTracesContractTest extends TracesContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
