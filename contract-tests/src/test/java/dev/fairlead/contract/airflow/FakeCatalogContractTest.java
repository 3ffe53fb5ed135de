package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("fake")
class FakeCatalogContractTest extends CatalogContract {
    @Override
    Place open() {
        return new SurfaceFake();
    }
}
