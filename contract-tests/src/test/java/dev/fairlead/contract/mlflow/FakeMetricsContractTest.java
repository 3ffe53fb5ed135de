package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeMetricsContractTest extends MetricsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
