package dev.fairlead.contract.airflow;

import dev.fairlead.support.RanOn;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@RanOn("airflow 3.0.6")
@EnabledIfSystemProperty(named = "fairlead.campaign", matches = "full")
class RealAirflow30VersionIT extends VersionSuite {
    @Override
    String version() {
        return "3.0.6";
    }
}
