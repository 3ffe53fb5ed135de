package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("mlflow 2.22.5")
class RealMlflow2LacksContractIT extends Mlflow2LacksContract {
    @Override
    Place open() {
        return RealPlace.last2();
    }
}
