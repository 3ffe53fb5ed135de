package dev.fairlead.mlflow.traces;

import java.time.Instant;
import java.util.Map;

/**
 * Holds a version of what judges traces.
 *
 * @param id its id
 * @param experimentId the experiment it judges
 * @param name its name
 * @param version the version, counted from 1
 * @param definition how it judges, as the tree that MLflow's Python client wrote
 * @param createdAt when it was registered
 */
public record Scorer(
        String id, String experimentId, String name, int version, Map<String, Object> definition, Instant createdAt) {
    /** Copies the definition. */
    public Scorer {
        definition = Map.copyOf(definition);
    }
}
