package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakePreflightContractTest extends PreflightContract {
    @Override
    Place open() {
        return new SurfaceFake();
    }
}
