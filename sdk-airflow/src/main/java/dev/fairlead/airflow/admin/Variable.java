package dev.fairlead.airflow.admin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a variable as the server showed it when it was read.
 *
 * @param key the key
 * @param text the value, or {@code null}; where the server takes it for a secret it is {@code ***}, or has {@code ***} in it
 * @param description what it is for; empty where it has none
 * @param encrypted whether the server keeps it encrypted; true where it does not say
 */
public record Variable(String key, @Nullable String text, String description, boolean encrypted) {
    /** Returns the value; where the server takes it for a secret it is {@code ***}, or has {@code ***} in it. */
    public Optional<String> value() {
        return Optional.ofNullable(text);
    }

    /** Shows no value: it may be a secret. */
    @Override
    public String toString() {
        return "Variable[" + key + "]";
    }
}
