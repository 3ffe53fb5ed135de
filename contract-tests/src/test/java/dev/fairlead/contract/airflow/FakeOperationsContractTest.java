package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeOperationsContractTest extends OperationsContract {
    @Override
    Place open() {
        return new SurfaceFake();
    }
}
