package dev.fairlead.mlflow;

import java.util.List;

/**
 * Holds what a run used.
 *
 * @param datasets the datasets
 * @param modelIds the ids of the logged models
 */
public record RunInputs(List<DatasetInput> datasets, List<String> modelIds) {
    /** Nothing. */
    public static final RunInputs NONE = new RunInputs(List.of(), List.of());

    /** Copies the lists. */
    public RunInputs {
        datasets = List.copyOf(datasets);
        modelIds = List.copyOf(modelIds);
    }
}
