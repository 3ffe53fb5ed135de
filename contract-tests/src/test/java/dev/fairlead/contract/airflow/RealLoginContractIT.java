package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;

@RanOn("airflow 3.3.2")
class RealLoginContractIT extends LoginContract {
    @Override
    Place open() {
        return RealAirflow.of(RealServers.airflow());
    }
}
