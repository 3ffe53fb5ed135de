package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("airflow 3.3.2")
class RealBackfillsContractIT extends BackfillsContract {
    @Override
    Place open() {
        return SurfaceReal.three();
    }
}
