package dev.fairlead.mlflow;

import org.jspecify.annotations.Nullable;

/**
 * Names a dataset.
 *
 * @param name its name
 * @param digest its digest, or {@code null} for every dataset of the name
 */
public record DatasetRef(String name, @Nullable String digest) {}
