package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeArtifactsContractTest extends ArtifactsContract {
    @Override
    Place open() {
        return new FakePlace();
    }
}
