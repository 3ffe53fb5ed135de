package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeMlflow2UsersContractTest extends UsersContract {
    @Override
    Place open() {
        return FakePlace.withUsers("2.22.5");
    }
}
