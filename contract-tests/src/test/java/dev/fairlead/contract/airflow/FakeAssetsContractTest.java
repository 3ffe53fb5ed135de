package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeAssetsContractTest extends AssetsContract {
    @Override
    Place open() {
        return new SurfaceFake();
    }
}
