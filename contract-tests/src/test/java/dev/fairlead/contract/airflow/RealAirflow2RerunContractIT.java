package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;

@RanOn("airflow 2.11.2")
class RealAirflow2RerunContractIT extends RerunContract {
    @Override
    Place open() {
        return RealAirflow.of(RealServers.airflow2());
    }
}
