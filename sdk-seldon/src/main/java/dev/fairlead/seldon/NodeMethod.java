package dev.fairlead.seldon;

import java.util.List;

/**
 * Names a method of a node whose type does not say what it does. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record NodeMethod(String value) {
    /** Changes the request. */
    public static final NodeMethod TRANSFORM_INPUT = new NodeMethod("TRANSFORM_INPUT");

    /** Changes the answer. */
    public static final NodeMethod TRANSFORM_OUTPUT = new NodeMethod("TRANSFORM_OUTPUT");

    /** Chooses a child. */
    public static final NodeMethod ROUTE = new NodeMethod("ROUTE");

    /** Combines answers. */
    public static final NodeMethod AGGREGATE = new NodeMethod("AGGREGATE");

    /** Takes feedback. */
    public static final NodeMethod SEND_FEEDBACK = new NodeMethod("SEND_FEEDBACK");

    private static final List<NodeMethod> KNOWN =
            List.of(TRANSFORM_INPUT, TRANSFORM_OUTPUT, ROUTE, AGGREGATE, SEND_FEEDBACK);

    /** Names one by its word. */
    public static NodeMethod of(String value) {
        return new NodeMethod(value);
    }

    /** Returns the words we know. */
    public static List<NodeMethod> known() {
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
