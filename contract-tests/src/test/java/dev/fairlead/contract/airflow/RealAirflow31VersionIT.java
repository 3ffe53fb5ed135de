package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;

@RanOn("airflow 3.1.8")
class RealAirflow31VersionIT extends VersionSuite {
    @Override
    String version() {
        return "3.1.8";
    }
}
