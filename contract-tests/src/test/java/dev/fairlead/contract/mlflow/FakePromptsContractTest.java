package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakePromptsContractTest extends PromptsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
