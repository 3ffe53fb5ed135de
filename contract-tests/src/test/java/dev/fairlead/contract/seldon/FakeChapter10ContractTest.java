package dev.fairlead.contract.seldon;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeChapter10ContractTest extends Chapter10Contract {
    @Override
    SeldonContract.Place open() {
        return FakeSeldonContractTest.place("seldon-chapter10");
    }

    @Override
    boolean schedules() {
        return false;
    }
}
