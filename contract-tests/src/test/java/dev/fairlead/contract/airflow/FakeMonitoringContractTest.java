package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeMonitoringContractTest extends MonitoringContract {
    @Override
    Place open() {
        return new SurfaceFake();
    }
}
