package dev.fairlead.mlflow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says which file of a model's folder holds an example of its input.
 *
 * @param path the file
 * @param type what is in it: {@code dataframe}, {@code ndarray}, {@code json_object}, …
 * @param orient how a data frame is written, such as {@code split}; {@code null} for others
 * @param servingPath the file with the same as a scoring server takes it, or {@code null} if there is none
 * @param additionalFields what else MLflow notes about it
 */
public record InputExample(
        String path,
        String type,
        @Nullable String orient,
        @Nullable String servingPath,
        Map<String, Object> additionalFields) {
    /** Copies the fields. */
    public InputExample {
        additionalFields = Map.copyOf(additionalFields);
    }
}
