package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("mlflow 2.22.5")
class RealMlflow2MetricsContractIT extends MetricsContract {
    @Override
    Place open() {
        return RealPlace.last2();
    }
}
