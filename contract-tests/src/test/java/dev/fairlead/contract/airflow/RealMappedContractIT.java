package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;

@RanOn("airflow 3.3.2")
class RealMappedContractIT extends MappedContract {
    @Override
    AirflowServer open() {
        return RealServers.airflow();
    }
}
