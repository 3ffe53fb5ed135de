package dev.fairlead.seldon.core2;

import java.util.List;

/**
 * Names how a model's answers are explained, in the words of MLServer's Alibi runtime. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record ExplainerMethod(String value) {
    private static final List<ExplainerMethod> KNOWN = List.of();

    /** Names one by its word. */
    public static ExplainerMethod of(String value) {
        return new ExplainerMethod(value);
    }

    /** Returns the words we know. */
    public static List<ExplainerMethod> known() {
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
