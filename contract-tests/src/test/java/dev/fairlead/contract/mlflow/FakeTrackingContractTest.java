package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeTrackingContractTest extends TrackingContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
