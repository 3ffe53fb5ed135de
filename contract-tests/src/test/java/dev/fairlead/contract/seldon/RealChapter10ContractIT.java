package dev.fairlead.contract.seldon;

import dev.fairlead.support.RanOn;

@RanOn("seldon core 1.17.1")
class RealChapter10ContractIT extends Chapter10Contract {
    @Override
    SeldonContract.Place open() {
        return RealSeldonContractIT.place("seldon-chapter10");
    }

    @Override
    boolean schedules() {
        return true;
    }
}
