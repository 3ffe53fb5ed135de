package dev.fairlead.seldon.kserve;

import java.util.List;

/**
 * Names what an autoscaler looks at. An open word: one that a newer KServe brings can be named too.
 *
 * @param value the word as it stands in the object
 */
public record ScaleMetric(String value) {
    /** The CPU used, in percent of what is asked for; Kubernetes' autoscaler. */
    public static final ScaleMetric CPU = new ScaleMetric("cpu");

    /** The memory used, in MiB; Kubernetes' autoscaler. */
    public static final ScaleMetric MEMORY = new ScaleMetric("memory");

    /** Requests under way in one pod; Knative's autoscaler. */
    public static final ScaleMetric CONCURRENCY = new ScaleMetric("concurrency");

    /** Requests a second to one pod; Knative's autoscaler. */
    public static final ScaleMetric RPS = new ScaleMetric("rps");

    private static final List<ScaleMetric> KNOWN = List.of(CPU, MEMORY, CONCURRENCY, RPS);

    /** Names one by its word. */
    public static ScaleMetric of(String value) {
        return new ScaleMetric(value);
    }

    /** Returns the words we know. */
    public static List<ScaleMetric> known() {
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
