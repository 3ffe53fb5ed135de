package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("airflow 2.11.2")
class RealAirflow2AdminContractIT extends AdminContract {
    @Override
    Place open() {
        return SurfaceReal.two();
    }
}
