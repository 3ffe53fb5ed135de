package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeApprovalsContractTest extends ApprovalsContract {
    @Override
    Place open() {
        return new SurfaceFake();
    }
}
