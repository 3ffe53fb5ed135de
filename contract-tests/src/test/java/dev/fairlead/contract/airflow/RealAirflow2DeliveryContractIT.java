package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;

@RanOn("airflow 2.11.2")
class RealAirflow2DeliveryContractIT extends DeliveryContract {
    @Override
    Place open() {
        return RealAirflow.of(RealServers.airflow2());
    }
}
