package dev.fairlead.seldon;

import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Is one object the operator will make of a deployment.
 *
 * @param apiVersion its group and version, such as {@code apps/v1}
 * @param kind its kind, such as {@code Deployment}
 * @param name its name; what would be longer than 63 characters is {@code seldon-} and a digest
 * @param predictor the predictor it is made for; empty for the deployment as a whole
 * @param purpose what it is for, in a few words
 * @param ports a Service's ports by name; empty for others
 * @param replicas how many pods a Deployment starts with; empty for others, and where an autoscaler decides
 */
public record PlannedObject(
        String apiVersion,
        String kind,
        String name,
        String predictor,
        String purpose,
        Map<String, Integer> ports,
        OptionalInt replicas) {
    /** Keeps a copy. */
    public PlannedObject {
        ports = Map.copyOf(ports);
    }

    @Override
    public String toString() {
        return kind + " " + name + ": " + purpose
                + (ports.isEmpty() ? "" : ", ports " + new TreeMap<>(ports))
                + (replicas.isPresent()
                        ? ", " + replicas.getAsInt() + (replicas.getAsInt() == 1 ? " pod" : " pods")
                        : "");
    }
}
