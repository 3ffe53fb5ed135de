package dev.fairlead.seldon;

import java.util.List;

/**
 * Names how requests reach a deployment. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record ServerType(String value) {
    /** By REST and gRPC calls. */
    public static final ServerType RPC = new ServerType("rpc");

    /** From one Kafka topic to another. */
    public static final ServerType KAFKA = new ServerType("kafka");

    private static final List<ServerType> KNOWN = List.of(RPC, KAFKA);

    /** Names one by its word. */
    public static ServerType of(String value) {
        return new ServerType(value);
    }

    /** Returns the words we know. */
    public static List<ServerType> known() {
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
