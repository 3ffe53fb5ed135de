package dev.fairlead.seldon;

/**
 * Is one parameter of a node. Seldon hands it over as text with a type.
 *
 * @param name the name
 * @param value the value as text
 * @param type {@code INT}, {@code FLOAT}, {@code DOUBLE}, {@code STRING} or {@code BOOL}
 */
public record NodeParameter(String name, String value, String type) {
    /** Makes a text. */
    public static NodeParameter of(String name, String value) {
        return new NodeParameter(name, value, "STRING");
    }

    /** Makes a whole number. */
    public static NodeParameter of(String name, int value) {
        return new NodeParameter(name, Integer.toString(value), "INT");
    }

    /** Makes a number. */
    public static NodeParameter of(String name, double value) {
        return new NodeParameter(name, Double.toString(value), "DOUBLE");
    }

    /** Makes a truth value. */
    public static NodeParameter of(String name, boolean value) {
        return new NodeParameter(name, Boolean.toString(value), "BOOL");
    }
}
