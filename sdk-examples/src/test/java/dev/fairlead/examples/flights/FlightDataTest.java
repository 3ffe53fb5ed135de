package dev.fairlead.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightDataTest {
    private final Locale before = Locale.getDefault();

    @TempDir
    Path folder;

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "ar-EG-u-nu-arab", "tr-TR"})
    void generate_sameSeed_sameBytesInEveryLocale(String locale) throws Exception {
        Locale.setDefault(Locale.forLanguageTag(locale));

        byte[] csv = Files.readAllBytes(FlightData.generate(50_000, 42).writeCsv(folder.resolve("flights.csv")));

        // Pinned: another JVM that draws or prints one number otherwise shows here.
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(csv)))
                .isEqualTo("aaee34c418cd3b229c4db1bcb9cefa2aa64a6d29d912a6817775e087616269d1");
    }

    @Test
    void generate_anotherSeed_otherFlights() {
        assertThat(FlightData.generate(100, 1).flights())
                .isNotEqualTo(FlightData.generate(100, 2).flights());
    }

    @Test
    void generate_manyRows_staysWithinTheDocumentedRanges() {
        FlightData data = FlightData.generate(50_000, 42);

        assertThat(data.size()).isEqualTo(50_000);
        assertThat(data.lateShare()).isBetween(0.30, 0.40);
        assertThat(data.majorityShare()).isEqualTo(1 - data.lateShare());
        assertThat(data.flights()).allSatisfy(flight -> {
            assertThat(flight.origin()).isNotEqualTo(flight.destination());
            assertThat(flight.month()).isBetween(1, 12);
            assertThat(flight.dayOfWeek()).isBetween(1, 7);
            assertThat(flight.departureHour()).isBetween(5, 23);
            assertThat(flight.distanceKm()).isBetween(200, 2500);
            assertThat(flight.turnaroundMin()).isBetween(30, 80);
            assertThat(flight.rainMm()).isNotNegative();
            assertThat(flight.inboundDelayMin()).isNotNegative();
        });
    }

    @Test
    void readCsv_ofWhatWasWritten_isTheSameTable() throws IOException {
        FlightData data = FlightData.generate(2_000, 5);

        Path file = data.writeCsv(folder.resolve("deep/er/flights.csv"));

        assertThat(FlightData.readCsv(file).flights()).isEqualTo(data.flights());
        assertThat(Files.readAllLines(file).get(0))
                .isEqualTo("carrier,origin,destination,month,day_of_week,departure_hour,distance_km,wind_kn,rain_mm,"
                        + "departures_per_hour,inbound_delay_min,turnaround_min,status");
    }

    @Test
    void readCsv_brokenFiles_namesFileLineAndReason() throws IOException {
        Path file = FlightData.generate(3, 5).writeCsv(folder.resolve("flights.csv"));
        List<String> lines = Files.readAllLines(file);

        Files.writeString(file, lines.get(0) + "\n" + lines.get(1) + "\nHeron,AMS\n");
        assertThatThrownBy(() -> FlightData.readCsv(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ", line 3 is not a flight: 2 cells instead of 13");

        Files.writeString(file, lines.get(0) + "\n" + lines.get(1).replaceAll("[A-Z_]+$", "DIVERTED"));
        assertThatThrownBy(() -> FlightData.readCsv(file))
                .hasMessage(file + ", line 2 is not a flight: status \"DIVERTED\" is neither LATE nor ON_TIME");

        Files.writeString(file, "a,b\n");
        assertThatThrownBy(() -> FlightData.readCsv(file))
                .hasMessageContaining("the first line is not the header carrier,origin");
    }

    @Test
    void describe_table_documentsEveryColumn() {
        String text = FlightData.generate(10, 1).describe();

        assertThat(text)
                .startsWith("# Flights\n\n10 rows.\n\n| column | type | meaning |\n|---|---|---|\n")
                .contains("| `wind_kn` | decimal | Wind at the origin, knots |")
                .contains("| `status` | label | LATE when 15 min late or more at the gate, else ON_TIME |");
        FlightCsv.COLUMNS.forEach(column -> assertThat(text).contains("| `" + column.name() + "` |"));
    }

    @Test
    void split_shares_cutWithoutLoss() {
        FlightData data = FlightData.generate(1_000, 3);

        FlightData.Split split = data.split(0.8);

        assertThat(split.train().size()).isEqualTo(800);
        assertThat(split.test().size()).isEqualTo(200);
        assertThat(split.train().flights()).isEqualTo(data.head(800).flights());
        assertThatThrownBy(() -> data.split(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trainShare 1.0 of 1000 rows leaves one side empty");
    }

    @Test
    void features_ofAFlight_followTheDocumentedOrder() {
        Flight flight = new Flight("Heron", Airport.CPH, Airport.MAD, 1, 5, 17, 2074, 22.5f, 1.5f, 44, 12, 45, true);

        float[] row = FlightFeatures.of(flight);

        assertThat(row).hasSize(FlightFeatures.NAMES.size()).hasSize(23);
        assertThat(row).startsWith(17, 2074, 22.5f, 1.5f, 44, 12, 45, 1, 1);
        assertThat(row[FlightFeatures.NAMES.indexOf("carrier=Heron")]).isEqualTo(1);
        assertThat(row[FlightFeatures.NAMES.indexOf("origin=CPH")]).isEqualTo(1);
        assertThat(FlightFeatures.of(flight.withLate(false))).isEqualTo(row);
    }

    @Test
    void distanceTo_knownPairs_isTheGreatCircle() {
        assertThat(Airport.LHR.distanceTo(Airport.VIE)).isBetween(1260, 1285);
        assertThat(Airport.VIE.distanceTo(Airport.LHR)).isEqualTo(Airport.LHR.distanceTo(Airport.VIE));
        assertThat(Airport.AMS.distanceTo(Airport.AMS)).isZero();
    }
}
