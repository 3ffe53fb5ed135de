package dev.fairlead.examples.flights;

import java.util.ArrayList;
import java.util.List;

/** Turns a flight into the numbers the model reads; their order is the model's contract. */
public final class FlightFeatures {

    /** The names of the features, in the order of the columns of the model's input. */
    public static final List<String> NAMES = names();

    private static final int NUMERIC = 9;

    private FlightFeatures() {}

    /**
     * Returns one row of the model's input: raw units, the model scales them itself.
     *
     * @param flight whose ending is not looked at
     */
    public static float[] of(Flight flight) {
        float[] row = new float[NAMES.size()];
        row[0] = flight.departureHour();
        row[1] = flight.distanceKm();
        row[2] = flight.windKn();
        row[3] = flight.rainMm();
        row[4] = flight.departuresPerHour();
        row[5] = flight.inboundDelayMin();
        row[6] = flight.turnaroundMin();
        row[7] = flight.winter() ? 1 : 0;
        row[8] = flight.peakDay() ? 1 : 0;
        int column = NUMERIC;
        for (String carrier : Flight.CARRIERS) {
            row[column++] = carrier.equals(flight.carrier()) ? 1 : 0; // a carrier never seen stays all zero
        }
        for (Airport airport : Airport.values()) {
            row[column++] = airport == flight.origin() ? 1 : 0;
        }
        return row;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of(
                "departure_hour",
                "distance_km",
                "wind_kn",
                "rain_mm",
                "departures_per_hour",
                "inbound_delay_min",
                "turnaround_min",
                "winter",
                "peak_day"));
        Flight.CARRIERS.forEach(carrier -> names.add("carrier=" + carrier));
        for (Airport airport : Airport.values()) {
            names.add("origin=" + airport);
        }
        return List.copyOf(names);
    }
}
