package dev.fairlead.examples.flights;

import java.util.List;

/**
 * Is one scheduled flight and how it ended.
 *
 * @param carrier one of {@link #CARRIERS}
 * @param origin IATA code, one of {@link Airport}
 * @param destination IATA code, one of {@link Airport}, never the origin
 * @param month 1 to 12
 * @param dayOfWeek 1 (Monday) to 7 (Sunday)
 * @param departureHour scheduled, local, 5 to 23
 * @param distanceKm great circle, kilometres
 * @param windKn wind at the origin, knots
 * @param rainMm rain or snow at the origin, millimetres an hour
 * @param departuresPerHour departures the origin schedules in this hour
 * @param inboundDelayMin how late the aircraft arrived from its previous leg, minutes
 * @param turnaroundMin scheduled time on the ground before this leg, minutes
 * @param late true when it reached the gate 15 minutes late or more
 */
public record Flight(
        String carrier,
        Airport origin,
        Airport destination,
        int month,
        int dayOfWeek,
        int departureHour,
        int distanceKm,
        float windKn,
        float rainMm,
        int departuresPerHour,
        int inboundDelayMin,
        int turnaroundMin,
        boolean late) {

    /** The carriers, in the order of their features. */
    public static final List<String> CARRIERS = List.of("Albatross", "Crane", "Heron", "Kite", "Osprey", "Swift");

    /** Answers whether it leaves in December, January or February. */
    public boolean winter() {
        return month == 12 || month <= 2;
    }

    /** Answers whether it leaves on a Friday or a Sunday, when most people travel. */
    public boolean peakDay() {
        return dayOfWeek == 5 || dayOfWeek == 7;
    }

    /**
     * Returns the same flight, ended as told.
     *
     * @param ended true when it came late
     */
    public Flight withLate(boolean ended) {
        return new Flight(
                carrier,
                origin,
                destination,
                month,
                dayOfWeek,
                departureHour,
                distanceKm,
                windKn,
                rainMm,
                departuresPerHour,
                inboundDelayMin,
                turnaroundMin,
                ended);
    }
}
