package dev.fairlead.seldon.core2;

import java.util.List;

/**
 * Names what an experiment is among. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record ResourceType(String value) {
    /** Models; what Seldon takes it for where nothing is said. */
    public static final ResourceType MODEL = new ResourceType("model");

    /** Pipelines. */
    public static final ResourceType PIPELINE = new ResourceType("pipeline");

    private static final List<ResourceType> KNOWN = List.of(MODEL, PIPELINE);

    /** Names one by its word. */
    public static ResourceType of(String value) {
        return new ResourceType(value);
    }

    /** Returns the words we know. */
    public static List<ResourceType> known() {
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
