package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("airflow 3.3.2")
class RealMonitoringContractIT extends MonitoringContract {
    @Override
    Place open() {
        return SurfaceReal.three();
    }
}
