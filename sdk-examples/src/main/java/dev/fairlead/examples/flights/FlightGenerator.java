package dev.fairlead.examples.flights;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws flights. What makes them late is a small story of its own: an aircraft that came in late and has no slack, a full
 * runway in the rain, wind from the sea, snow, and luck. A linear model sees part of it, the products need more.
 */
final class FlightGenerator {
    private static final int LATE_FROM_MIN = 15;
    private static final double[] CARRIER_MIN = {-3, 4, 0, 7, -1, 2};
    private static final double[] HOURLY_TRAFFIC = {
        0.35, 0.70, 0.95, 1.00, 0.85, 0.75, 0.70, 0.70, 0.75, 0.75, 0.80, 0.90, 1.00, 0.95, 0.85, 0.70, 0.50, 0.35, 0.20
    };

    // java.util.Random is specified to the bit, StrictMath too: the same seed gives the same flights everywhere.
    private final Random random;

    FlightGenerator(long seed) {
        this.random = new Random(seed);
    }

    List<Flight> draw(int rows) {
        List<Flight> flights = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            flights.add(next());
        }
        return flights;
    }

    private Flight next() {
        int carrier = random.nextInt(Flight.CARRIERS.size());
        Airport[] airports = Airport.values();
        int from = random.nextInt(airports.length);
        int to = (from + 1 + random.nextInt(airports.length - 1)) % airports.length;
        Airport origin = airports[from];
        int month = 1 + random.nextInt(12);
        int day = 1 + random.nextInt(7);
        int hour = 5 + random.nextInt(HOURLY_TRAFFIC.length);
        float wind = tenths(8 + 7 * exponential() + (origin.windy() ? 4 : 0));
        float rain = random.nextDouble() < (month >= 10 || month <= 3 ? 0.38 : 0.22) ? tenths(2.2 * exponential()) : 0;
        boolean peak = day == 5 || day == 7;
        double traffic = HOURLY_TRAFFIC[hour - 5] * (peak ? 1.0 : 0.85) * (0.85 + 0.3 * random.nextDouble());
        int departures = (int) StrictMath.round(origin.capacity() * traffic);
        double dayIsLong = 0.3 + 0.04 * (hour - 5);
        int inbound = random.nextDouble() < dayIsLong ? (int) (28 * exponential()) : 0;
        int turnaround = 30 + 5 * random.nextInt(11);
        Flight flight = new Flight(
                Flight.CARRIERS.get(carrier),
                origin,
                airports[to],
                month,
                day,
                hour,
                origin.distanceTo(airports[to]),
                wind,
                rain,
                departures,
                inbound,
                turnaround,
                false);
        return flight.withLate(delayMinutes(flight, carrier) >= LATE_FROM_MIN);
    }

    private double delayMinutes(Flight flight, int carrier) {
        double slack = flight.turnaroundMin() - 30;
        double knockOn = StrictMath.max(0, flight.inboundDelayMin() - slack);
        double load = (double) flight.departuresPerHour() / flight.origin().capacity();
        double queue = 14 * load * load * (1 + 0.45 * StrictMath.min(4, flight.rainMm()));
        double crosswind = flight.origin().windy() ? 0.7 * StrictMath.max(0, flight.windKn() - 18) : 0;
        double deicing = flight.winter() && flight.rainMm() > 0 ? 12 : 0;
        double madeUpInTheAir = flight.distanceKm() / 250.0;
        double luck = 9 * random.nextGaussian();
        return knockOn + queue + crosswind + deicing + CARRIER_MIN[carrier] - madeUpInTheAir - 2 + luck;
    }

    private double exponential() {
        return -StrictMath.log(1 - random.nextDouble());
    }

    private static float tenths(double value) {
        return StrictMath.round(value * 10) / 10f;
    }
}
