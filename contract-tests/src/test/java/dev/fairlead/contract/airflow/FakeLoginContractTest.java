package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.airflow.FakeAirflow;

@RanOn("fake")
class FakeLoginContractTest extends LoginContract {
    @Override
    Place open() {
        return new FakePlace(FakeAirflow.start());
    }
}
