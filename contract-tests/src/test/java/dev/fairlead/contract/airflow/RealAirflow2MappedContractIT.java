package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;

@RanOn("airflow 2.11.2")
class RealAirflow2MappedContractIT extends MappedContract {
    @Override
    AirflowServer open() {
        return RealServers.airflow2();
    }
}
