package dev.fairlead.seldon;

import java.util.List;

/**
 * Names the protocol a deployment speaks. An open word: one that a newer Seldon brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record ServingProtocol(String value) {
    /** Seldon's own protocol, what an object without a protocol speaks. */
    public static final ServingProtocol SELDON = new ServingProtocol("seldon");

    /** The protocol of TensorFlow Serving. */
    public static final ServingProtocol TENSORFLOW = new ServingProtocol("tensorflow");

    /** The Open Inference Protocol. */
    public static final ServingProtocol V2 = new ServingProtocol("v2");

    /** The older word for {@link #V2}. */
    public static final ServingProtocol KFSERVING = new ServingProtocol("kfserving");

    private static final List<ServingProtocol> KNOWN = List.of(SELDON, TENSORFLOW, V2, KFSERVING);

    /** Names one by its word. */
    public static ServingProtocol of(String value) {
        return new ServingProtocol(value);
    }

    /** Returns the words we know. */
    public static List<ServingProtocol> known() {
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
