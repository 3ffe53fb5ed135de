package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@RanOn("airflow 3.2.2")
@EnabledIfSystemProperty(named = "fairlead.campaign", matches = "full")
class RealAirflow32VersionIT extends VersionSuite {
    @Override
    String version() {
        return "3.2.2";
    }
}
