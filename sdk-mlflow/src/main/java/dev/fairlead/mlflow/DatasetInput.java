package dev.fairlead.mlflow;

import java.util.Map;
import java.util.Optional;

/**
 * Holds a dataset that a run used.
 *
 * @param dataset the dataset
 * @param tags what is said about the use
 */
public record DatasetInput(Dataset dataset, Map<String, String> tags) {
    /** Is the tag that says what a dataset was used for. */
    public static final String CONTEXT_TAG = "mlflow.data.context";

    /** Copies the tags. */
    public DatasetInput {
        tags = Map.copyOf(tags);
    }

    /** Makes the use of a dataset, without saying what for. */
    public static DatasetInput of(Dataset dataset) {
        return new DatasetInput(dataset, Map.of());
    }

    /** Makes the use of a dataset, such as for {@code training}. */
    public static DatasetInput of(Dataset dataset, String context) {
        return new DatasetInput(dataset, Map.of(CONTEXT_TAG, context));
    }

    /** Returns what it was used for, such as {@code training}. */
    public Optional<String> context() {
        return Optional.ofNullable(tags.get(CONTEXT_TAG));
    }
}
