package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.mlflow.FakeMlflow;

@RanOn("fake")
class FakeNoLoggedModelsContractTest extends NoLoggedModelsContract {
    @Override
    Place open() {
        return new FakePlace(FakeMlflow.builder().version("2.22.5").start());
    }
}
