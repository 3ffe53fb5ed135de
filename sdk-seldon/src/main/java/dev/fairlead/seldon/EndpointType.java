package dev.fairlead.seldon;

import java.util.List;

/**
 * Names how one node is called; the deployment's transport says the same for all. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record EndpointType(String value) {
    /** By REST. */
    public static final EndpointType REST = new EndpointType("REST");

    /** By gRPC. */
    public static final EndpointType GRPC = new EndpointType("GRPC");

    private static final List<EndpointType> KNOWN = List.of(REST, GRPC);

    /** Names one by its word. */
    public static EndpointType of(String value) {
        return new EndpointType(value);
    }

    /** Returns the words we know. */
    public static List<EndpointType> known() {
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
