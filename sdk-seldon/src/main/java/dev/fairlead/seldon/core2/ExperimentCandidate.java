package dev.fairlead.seldon.core2;

import dev.fairlead.seldon.internal.crd.Trees;
import java.util.Collections;
import java.util.Map;

/**
 * Is one of the models or pipelines among which an experiment splits the requests.
 *
 * @param name the name of the model or pipeline
 * @param weight its share of the requests, in relation to the other candidates' weights
 * @param additionalFields the fields we do not model, as they stand in the object
 */
public record ExperimentCandidate(String name, int weight, Map<String, Object> additionalFields) {
    /** Keeps a copy. */
    public ExperimentCandidate {
        additionalFields = Collections.unmodifiableMap(Trees.copy(additionalFields));
    }

    /** Makes a candidate. */
    public static ExperimentCandidate of(String name, int weight) {
        return new ExperimentCandidate(name, weight, Map.of());
    }
}
