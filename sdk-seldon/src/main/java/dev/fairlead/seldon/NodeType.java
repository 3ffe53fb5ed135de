package dev.fairlead.seldon;

import java.util.List;

/**
 * Names what a graph's node does. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record NodeType(String value) {
    /** Predicts. */
    public static final NodeType MODEL = new NodeType("MODEL");

    /** Sends a request to one of its children. */
    public static final NodeType ROUTER = new NodeType("ROUTER");

    /** Combines the answers of its children. */
    public static final NodeType COMBINER = new NodeType("COMBINER");

    /** Changes the request before its child sees it. */
    public static final NodeType TRANSFORMER = new NodeType("TRANSFORMER");

    /** Changes the answer of its child. */
    public static final NodeType OUTPUT_TRANSFORMER = new NodeType("OUTPUT_TRANSFORMER");

    /** Does what its methods say. */
    public static final NodeType UNKNOWN_TYPE = new NodeType("UNKNOWN_TYPE");

    private static final List<NodeType> KNOWN =
            List.of(MODEL, ROUTER, COMBINER, TRANSFORMER, OUTPUT_TRANSFORMER, UNKNOWN_TYPE);

    /** Names one by its word. */
    public static NodeType of(String value) {
        return new NodeType(value);
    }

    /** Returns the words we know. */
    public static List<NodeType> known() {
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
