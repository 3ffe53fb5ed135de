package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("airflow 3.3.2")
class RealPreflightContractIT extends PreflightContract {
    @Override
    Place open() {
        return SurfaceReal.three();
    }
}
