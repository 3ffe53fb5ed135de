package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;

@RanOn("airflow 2.11.2")
class RealAirflow2TriggerContractIT extends TriggerContract {
    @Override
    Place open() {
        return RealAirflow.of(RealServers.airflow2());
    }

    /** More writers at once lock this Airflow's SQLite, which ends its scheduler for good; the fake takes twenty. */
    @Override
    int parallel() {
        return 2;
    }
}
