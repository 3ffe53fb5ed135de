package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeObserversContractTest extends ObserversContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
