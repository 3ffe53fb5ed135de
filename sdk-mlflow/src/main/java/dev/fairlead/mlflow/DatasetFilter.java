package dev.fairlead.mlflow;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.List;
import java.util.regex.Pattern;

/** Names what a search of evaluation datasets can compare; the conditions are those of {@link Filter}. */
public final class DatasetFilter {
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][\\w.]*");

    private DatasetFilter() {}

    /** Names a dataset's name. */
    public static Filter.Text name() {
        return new Filter.Text("name");
    }

    /** Names when a dataset was made, in milliseconds. */
    public static Filter.Numeric createdAt() {
        return new Filter.Numeric("created_time");
    }

    /**
     * Names a tag of a dataset.
     *
     * @param key letters, digits, {@code _} and {@code .}: the server finds no dataset by a key that must be quoted
     */
    public static Filter.Text tag(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidValueException(
                    "filter",
                    List.of(new Problem(
                            "key",
                            "must be letters, digits, '_' and '.' only, for MLflow finds no dataset by another tag",
                            "'" + key + "'")));
        }
        return new Filter.Text("tags." + key);
    }
}
