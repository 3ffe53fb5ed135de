package dev.fairlead.examples.flights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes and reads the table; no value holds a comma, a quote or a line end, so none is quoted. */
final class FlightCsv {

    static final String ON_TIME = "ON_TIME";
    static final String LATE = "LATE";

    static final List<Column> COLUMNS = List.of(
            new Column("carrier", "text", "Airline, one of " + String.join(", ", Flight.CARRIERS), Flight::carrier),
            new Column("origin", "text", "Airport it leaves from, IATA code", Flight::origin),
            new Column("destination", "text", "Airport it goes to, IATA code", Flight::destination),
            new Column("month", "integer", "1 (January) to 12", Flight::month),
            new Column("day_of_week", "integer", "1 (Monday) to 7 (Sunday)", Flight::dayOfWeek),
            new Column("departure_hour", "integer", "Scheduled local hour, 5 to 23", Flight::departureHour),
            new Column("distance_km", "integer", "Great-circle distance, km", Flight::distanceKm),
            new Column("wind_kn", "decimal", "Wind at the origin, knots", Flight::windKn),
            new Column("rain_mm", "decimal", "Rain or snow at the origin, mm an hour", Flight::rainMm),
            new Column("departures_per_hour", "integer", "Departures scheduled there then", Flight::departuresPerHour),
            new Column(
                    "inbound_delay_min",
                    "integer",
                    "Delay of the aircraft's previous leg, min",
                    Flight::inboundDelayMin),
            new Column("turnaround_min", "integer", "Scheduled time on the ground before, min", Flight::turnaroundMin),
            new Column(
                    "status",
                    "label",
                    "LATE when 15 min late or more at the gate, else ON_TIME",
                    f -> f.late() ? LATE : ON_TIME));

    private static final String HEADER = COLUMNS.stream().map(Column::name).collect(Collectors.joining(","));

    private FlightCsv() {}

    record Column(String name, String type, String meaning, Function<Flight, Object> value) {}

    static void write(List<Flight> flights, Appendable out) throws IOException {
        out.append(HEADER).append('\n');
        for (Flight flight : flights) {
            for (int column = 0; column < COLUMNS.size(); column++) {
                // String.valueOf knows no locale: 3.5 stays 3.5
                out.append(column == 0 ? "" : ",")
                        .append(String.valueOf(COLUMNS.get(column).value().apply(flight)));
            }
            out.append('\n');
        }
    }

    static List<Flight> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IOException(file + ": the first line is not the header " + HEADER);
        }
        List<Flight> flights = new ArrayList<>(lines.size());
        for (int line = 1; line < lines.size(); line++) {
            try {
                flights.add(parse(lines.get(line).split(",", -1)));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + ", line " + (line + 1) + " is not a flight: " + e.getMessage(), e);
            }
        }
        return flights;
    }

    private static Flight parse(String[] cells) {
        if (cells.length != COLUMNS.size()) {
            throw new IllegalArgumentException(cells.length + " cells instead of " + COLUMNS.size());
        }
        return new Flight(
                cells[0],
                Airport.valueOf(cells[1]),
                Airport.valueOf(cells[2]),
                Integer.parseInt(cells[3]),
                Integer.parseInt(cells[4]),
                Integer.parseInt(cells[5]),
                Integer.parseInt(cells[6]),
                Float.parseFloat(cells[7]),
                Float.parseFloat(cells[8]),
                Integer.parseInt(cells[9]),
                Integer.parseInt(cells[10]),
                Integer.parseInt(cells[11]),
                late(cells[12]));
    }

    private static boolean late(String status) {
        return switch (status) {
            case LATE -> true;
            case ON_TIME -> false;
            default -> throw new IllegalArgumentException("status \"" + status + "\" is neither LATE nor ON_TIME");
        };
    }
}
