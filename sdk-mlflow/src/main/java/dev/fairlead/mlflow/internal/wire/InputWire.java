package dev.fairlead.mlflow.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What runs use and make, on the wire. */
public final class InputWire {
    private InputWire() {}

    /** A dataset. */
    public record DatasetBody(
            @Nullable String name,
            @Nullable String digest,
            @Nullable String sourceType,
            @Nullable String source,
            @Nullable String schema,
            @Nullable String profile) {}

    /** The use of a dataset. */
    public record DatasetUse(@Nullable List<KeyValue> tags, DatasetBody dataset) {}

    /** A logged model that a run uses. */
    public record ModelUse(String modelId) {}

    /** A logged model that a run makes. */
    public record ModelMade(String modelId, @Nullable Long step) {}

    /** What a run uses. */
    public record Inputs(
            @Nullable List<DatasetUse> datasetInputs,
            @Nullable List<ModelUse> modelInputs) {}

    /** What a run makes. */
    public record Outputs(@Nullable List<ModelMade> modelOutputs) {}

    /** Logs what a run uses. */
    public record LogInputs(
            String runId,
            @Nullable List<DatasetUse> datasets,
            @Nullable List<ModelUse> models) {}

    /** Logs what a run makes. */
    public record LogOutputs(String runId, List<ModelMade> models) {}

    /** Asks for the datasets of experiments. */
    public record SearchDatasets(List<String> experimentIds) {}

    /** Datasets of experiments. */
    public record Summaries(@Nullable List<Summary> datasetSummaries) {}

    /** A dataset of an experiment. */
    public record Summary(
            @Nullable String experimentId,
            @Nullable String name,
            @Nullable String digest,
            @Nullable String context) {}
}
