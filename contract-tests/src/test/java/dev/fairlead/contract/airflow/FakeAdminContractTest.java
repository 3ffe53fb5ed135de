package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeAdminContractTest extends AdminContract {
    @Override
    Place open() {
        return new SurfaceFake();
    }
}
