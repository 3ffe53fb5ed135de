package dev.fairlead.seldon.core2;

import java.util.List;

/**
 * Names a part of a Seldon Core 2 installation. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record Component(String value) {
    private static final List<Component> KNOWN = List.of();

    /** Names one by its word. */
    public static Component of(String value) {
        return new Component(value);
    }

    /** Returns the words we know. */
    public static List<Component> known() {
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
