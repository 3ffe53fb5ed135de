package dev.fairlead.contract.seldon;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeRolloutContractTest extends RolloutContract {
    @Override
    SeldonContract.Place open() {
        return FakeSeldonContractTest.place("rollouts");
    }
}
