package dev.fairlead.examples.flights;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Holds a table of flights: drawn from a seed, written as CSV, described, split. */
public final class FlightData {

    private final List<Flight> flights;

    private FlightData(List<Flight> flights) {
        this.flights = List.copyOf(flights);
    }

    /**
     * Draws flights; the same rows and seed give the same table on every JVM and in every locale.
     *
     * @param rows how many
     * @param seed of the draw
     */
    public static FlightData generate(int rows, long seed) {
        return new FlightData(new FlightGenerator(seed).draw(rows));
    }

    /**
     * Reads what {@link #writeCsv} wrote.
     *
     * @param file the CSV file
     * @throws IOException when it cannot be read, or a line is not a flight: the message names file and line
     */
    public static FlightData readCsv(Path file) throws IOException {
        return new FlightData(FlightCsv.read(file));
    }

    /**
     * Writes a header and one line a flight, UTF-8, decimal points.
     *
     * @param file the CSV file, replaced; missing folders are made
     * @return the file
     * @throws IOException when it cannot be written
     */
    public Path writeCsv(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            FlightCsv.write(flights, out);
        }
        return file;
    }

    /** Returns the flights in order. */
    public List<Flight> flights() {
        return flights;
    }

    /** Returns how many flights there are. */
    public int size() {
        return flights.size();
    }

    /** Returns the share of late flights, 0 to 1. */
    public double lateShare() {
        return (double) flights.stream().filter(Flight::late).count() / Math.max(1, size());
    }

    /** Returns the accuracy of always guessing the commoner ending: what a model has to beat. */
    public double majorityShare() {
        return Math.max(lateShare(), 1 - lateShare());
    }

    /**
     * Returns the first flights.
     *
     * @param rows how many at most
     */
    public FlightData head(int rows) {
        return new FlightData(flights.subList(0, Math.min(rows, size())));
    }

    /**
     * Cuts the table in two; every row is drawn by itself, so the order holds nothing and no shuffle is needed.
     *
     * @param trainShare the share of rows to train on, between 0 and 1
     * @throws IllegalArgumentException when either side would be empty
     */
    public Split split(double trainShare) {
        int cut = (int) Math.round(size() * trainShare);
        if (cut <= 0 || cut >= size()) {
            throw new IllegalArgumentException(
                    "trainShare " + trainShare + " of " + size() + " rows leaves one side empty");
        }
        return new Split(new FlightData(flights.subList(0, cut)), new FlightData(flights.subList(cut, size())));
    }

    /** Returns the rows as the model reads them: {@link FlightFeatures#NAMES} across, flights down. */
    public float[][] features() {
        return flights.stream().map(FlightFeatures::of).toArray(float[][]::new);
    }

    /** Returns a Markdown table of the columns, with unit and meaning: what a reader of the CSV needs. */
    public String describe() {
        StringBuilder text = new StringBuilder("# Flights\n\n")
                .append(size())
                .append(" rows.\n\n| column | type | meaning |\n|---|---|---|\n");
        for (FlightCsv.Column column : FlightCsv.COLUMNS) {
            Stream.of("| `", column.name(), "` | ", column.type(), " | ", column.meaning(), " |\n")
                    .forEach(text::append);
        }
        return text.toString();
    }

    /**
     * Is a table cut in two.
     *
     * @param train the rows to learn from
     * @param test the rows held out
     */
    public record Split(FlightData train, FlightData test) {}
}
