package dev.fairlead.mlflow;

import org.jspecify.annotations.Nullable;

/**
 * Holds one value of a metric of a logged model.
 *
 * @param metric the value
 * @param runId the run that logged it
 * @param datasetName the dataset it was measured on, or {@code null} if it was not said
 * @param datasetDigest the digest of that dataset, or {@code null} if it was not said
 */
public record ModelMetric(
        Metric metric,
        String runId,
        @Nullable String datasetName,
        @Nullable String datasetDigest) {}
