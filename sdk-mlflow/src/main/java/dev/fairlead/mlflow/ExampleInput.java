package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.ModelExamples;
import java.util.List;
import java.util.Map;

/**
 * Gives an example of what a model takes, which MLflow shows, and scores a deployed model with. Numbers that are none and infinities are
 * refused with {@link dev.fairlead.error.InvalidValueException}, for JSON has no word for them.
 */
public interface ExampleInput {
    /** Returns how the {@code MLmodel} file describes it. */
    InputExample descriptor();

    /** Returns the files it consists of, by their path in the model's folder. */
    Map<String, ArtifactSource> files();

    /**
     * Gives rows of a table.
     *
     * @param columns the names of the columns
     * @param rows the rows, each with a value for each column
     */
    static ExampleInput rows(List<String> columns, List<? extends List<?>> rows) {
        return ModelExamples.rows(columns, rows);
    }

    /**
     * Gives tensors by their name.
     *
     * @param tensors nested lists of numbers, text or booleans
     */
    static ExampleInput tensors(Map<String, ? extends List<?>> tensors) {
        return ModelExamples.tensors(tensors);
    }

    /** Gives the only, unnamed tensor: nested lists of numbers, text or booleans. */
    static ExampleInput tensor(List<?> tensor) {
        return ModelExamples.tensors(tensor);
    }
}
