package dev.fairlead.examples.flights;

/** Lists the airports of the example; the order is the order of their features. */
public enum Airport {
    /** Amsterdam. */
    AMS(52.31, 4.76, 78, true),
    /** Barcelona. */
    BCN(41.30, 2.08, 52, false),
    /** Paris. */
    CDG(49.01, 2.55, 84, false),
    /** Copenhagen. */
    CPH(55.62, 12.65, 44, true),
    /** Frankfurt. */
    FRA(50.03, 8.56, 80, false),
    /** London. */
    LHR(51.47, -0.45, 82, true),
    /** Madrid. */
    MAD(40.47, -3.56, 60, false),
    /** Vienna. */
    VIE(48.11, 16.57, 40, false);

    private final double latitude;
    private final double longitude;
    private final int capacity;
    private final boolean windy;

    Airport(double latitude, double longitude, int capacity, boolean windy) {
        this.latitude = latitude;
        this.longitude = longitude;
        this.capacity = capacity;
        this.windy = windy;
    }

    /** Returns how many departures an hour its runways can take. */
    public int capacity() {
        return capacity;
    }

    /** Answers whether the sea wind often crosses its runways. */
    public boolean windy() {
        return windy;
    }

    /**
     * Returns the great-circle distance in whole kilometres; StrictMath, so that it is the same on every JVM.
     *
     * @param other the other end
     */
    public int distanceTo(Airport other) {
        double lat1 = StrictMath.toRadians(latitude);
        double lat2 = StrictMath.toRadians(other.latitude);
        double sinLat = StrictMath.sin((lat2 - lat1) / 2);
        double sinLon = StrictMath.sin(StrictMath.toRadians(other.longitude - longitude) / 2);
        double chord = sinLat * sinLat + StrictMath.cos(lat1) * StrictMath.cos(lat2) * sinLon * sinLon;
        return (int) StrictMath.round(2 * 6371 * StrictMath.asin(StrictMath.sqrt(chord)));
    }
}
