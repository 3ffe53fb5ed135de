package dev.fairlead.mlflow;

/**
 * Holds one value of one metric together with its run.
 *
 * @param runId the id of the run it belongs to
 * @param metric the value
 */
public record RunMetric(String runId, Metric metric) {}
