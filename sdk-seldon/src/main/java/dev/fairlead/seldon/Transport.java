package dev.fairlead.seldon;

import java.util.List;

/**
 * Names how a deployment's nodes are called. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record Transport(String value) {
    /** HTTP and JSON. */
    public static final Transport REST = new Transport("rest");

    /** gRPC. */
    public static final Transport GRPC = new Transport("grpc");

    private static final List<Transport> KNOWN = List.of(REST, GRPC);

    /** Names one by its word. */
    public static Transport of(String value) {
        return new Transport(value);
    }

    /** Returns the words we know. */
    public static List<Transport> known() {
        return KNOWN;
    }

    /** Tells whether we know the word. */
    public boolean isKnown() {
        return KNOWN.contains(this);
    }

    @Override
    public String toString() {
        return value;
    }
}
