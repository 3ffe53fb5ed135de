package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.Map;

/**
 * Is the model or pipeline that gets a copy of an experiment's requests; its answers are thrown away.
 *
 * @param name the name of the model or pipeline
 * @param percent how many of the requests in percent
 * @param additionalFields the fields we do not model, as they stand in the object
 */
public record ExperimentMirror(String name, int percent, Map<String, Object> additionalFields) {
    /** Keeps a copy. */
    public ExperimentMirror {
        additionalFields = Collections.unmodifiableMap(Trees.copy(additionalFields));
    }

    /** Makes a mirror. */
    public static ExperimentMirror of(String name, int percent) {
        return new ExperimentMirror(name, percent, Map.of());
    }
}
