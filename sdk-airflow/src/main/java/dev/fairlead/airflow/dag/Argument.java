package dev.fairlead.airflow.dag;

/**
 * Names an argument of Python code with its type, so that the compiler checks what is given to it.
 *
 * @param name a Python name
 * @param type what it is in Java; Python gets the JSON form of it
 * @param <T> the same
 */
public record Argument<T>(String name, Class<T> type) {
    /** Names an argument. */
    public static <T> Argument<T> of(String name, Class<T> type) {
        return new Argument<>(name, type);
    }
}
