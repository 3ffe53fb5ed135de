package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.Map;

/**
 * Is one parameter a model is loaded with.
 *
 * @param name the name
 * @param value the value as text
 * @param additionalFields the fields we do not model, as they stand in the object
 */
public record ModelParameter(String name, String value, Map<String, Object> additionalFields) {
    /** Keeps a copy. */
    public ModelParameter {
        additionalFields = Collections.unmodifiableMap(Trees.copy(additionalFields));
    }

    /** Makes a parameter. */
    public static ModelParameter of(String name, String value) {
        return new ModelParameter(name, value, Map.of());
    }

    /** Shows the name alone, for the value may be a secret. */
    @Override
    public String toString() {
        return "ModelParameter[" + name + "]";
    }
}
