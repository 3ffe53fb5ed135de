package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("airflow 3.3.2")
class RealAdminContractIT extends AdminContract {
    @Override
    Place open() {
        return SurfaceReal.three();
    }
}
