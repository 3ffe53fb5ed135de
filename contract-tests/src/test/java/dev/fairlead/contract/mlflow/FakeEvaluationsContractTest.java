package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeEvaluationsContractTest extends EvaluationsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
