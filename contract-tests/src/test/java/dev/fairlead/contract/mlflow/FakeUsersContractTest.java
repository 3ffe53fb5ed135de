package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeUsersContractTest extends UsersContract {
    @Override
    Place open() {
        return FakePlace.withUsers("3.17.2");
    }
}
