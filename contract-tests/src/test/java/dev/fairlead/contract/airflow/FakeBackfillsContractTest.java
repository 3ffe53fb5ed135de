package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeBackfillsContractTest extends BackfillsContract {
    @Override
    Place open() {
        return new SurfaceFake();
    }
}
