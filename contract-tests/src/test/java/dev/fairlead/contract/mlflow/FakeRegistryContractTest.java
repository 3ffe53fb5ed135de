package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeRegistryContractTest extends RegistryContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
