package dev.fairlead.contract.seldon;

import dev.fairlead.support.RanOn;

@RanOn("seldon core 1.17.1")
class RealRolloutContractIT extends RolloutContract {
    @Override
    SeldonContract.Place open() {
        return RealSeldonContractIT.place("seldon-rollouts");
    }
}
