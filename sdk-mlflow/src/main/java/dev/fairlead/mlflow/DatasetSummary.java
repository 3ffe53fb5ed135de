package dev.fairlead.mlflow;

import org.jspecify.annotations.Nullable;

/**
 * Names a dataset that runs of an experiment used.
 *
 * @param experimentId the experiment
 * @param name the dataset's name
 * @param digest its digest
 * @param context what it was used for, or {@code null} if it was not said
 */
public record DatasetSummary(
        String experimentId,
        String name,
        String digest,
        @Nullable String context) {}
