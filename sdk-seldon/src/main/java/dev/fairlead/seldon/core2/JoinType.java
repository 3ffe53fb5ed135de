package dev.fairlead.seldon.core2;

import java.util.List;

/**
 * Names how data of several sources is brought together. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record JoinType(String value) {
    /** Waits until there is data of every source; what Seldon does where nothing is said. */
    public static final JoinType INNER = new JoinType("inner");

    /** Takes what has come of any source at the end of the window. */
    public static final JoinType OUTER = new JoinType("outer");

    /** Passes on the first data that comes. */
    public static final JoinType ANY = new JoinType("any");

    private static final List<JoinType> KNOWN = List.of(INNER, OUTER, ANY);

    /** Names one by its word. */
    public static JoinType of(String value) {
        return new JoinType(value);
    }

    /** Returns the words we know. */
    public static List<JoinType> known() {
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
