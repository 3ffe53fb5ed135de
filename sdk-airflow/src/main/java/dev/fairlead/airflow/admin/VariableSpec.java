package dev.fairlead.airflow.admin;

import dev.fairlead.spi.JsonCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes a variable as it should be. What is not set stays as it is. Its {@code toString} shows no value. */
public interface VariableSpec {
    /** Returns the key. */
    String key();

    /** Returns the value it should have. */
    String value();

    /** Returns what it is for. */
    Optional<String> description();

    /** Describes a variable. */
    static VariableSpec of(String key, String value) {
        return builder(key).value(value).build();
    }

    /** Starts a description. */
    static Builder builder(String key) {
        return ImmutableVariableSpec.builder().key(key);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the key; 1 to 250 characters. */
        Builder key(String key);

        /** Sets the value, as it is. */
        Builder value(String value);

        /** Sets the value to a map, list, number or text as JSON, which {@code Variable.get(key, deserialize_json=True)} reads. */
        default Builder json(@Nullable Object value) {
            return value(JsonCodec.camelCase().text(value));
        }

        /** Sets what it is for. */
        Builder description(String text);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        VariableSpec build();
    }
}
