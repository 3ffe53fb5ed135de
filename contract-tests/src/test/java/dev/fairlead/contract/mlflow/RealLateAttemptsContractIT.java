package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("mlflow 3.17.2")
class RealLateAttemptsContractIT extends LateAttemptsContract {
    @Override
    Place open() {
        return RealPlace.current();
    }
}
