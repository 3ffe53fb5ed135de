package dev.fairlead.mlflow.internal;

import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.ExampleInput;
import dev.fairlead.mlflow.InputExample;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.spi.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes examples of input as Python's MLflow does. */
public final class ModelExamples {
    private static final String FILE = "input_example.json";
    private static final String SERVING = "serving_input_example.json";

    private ModelExamples() {}

    private record Example(InputExample descriptor, Map<String, ArtifactSource> files) implements ExampleInput {}

    /** Writes rows of a table. */
    public static ExampleInput rows(List<String> columns, List<? extends List<?>> rows) {
        Problems.check("input example", (Problems.Checked) at -> {
            at.require(!columns.isEmpty(), "columns", "must not be empty", columns);
            for (int i = 0; i < rows.size(); i++) {
                at.require(
                        rows.get(i).size() == columns.size(),
                        "rows[" + i + "]",
                        "must have a value for each of the " + columns.size() + " columns",
                        rows.get(i));
                finite(at, "rows[" + i + "]", rows.get(i));
            }
        });
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("columns", columns);
        table.put("data", rows);
        return example("dataframe", "split", table, Map.of("dataframe_split", table));
    }

    /** Writes tensors: a map of them by name, or one without. */
    public static ExampleInput tensors(Object tensors) {
        Problems.check("input example", (Problems.Checked) at -> finite(at, "tensors", tensors));
        return example("ndarray", null, tensors, Map.of("inputs", tensors));
    }

    private static ExampleInput example(String type, @Nullable String orient, Object content, Object serving) {
        return new Example(
                new InputExample(FILE, type, orient, SERVING, Map.of()),
                Map.of(FILE, json(content), SERVING, json(serving)));
    }

    private static ArtifactSource json(Object tree) {
        return ArtifactSource.of(JsonCodec.camelCase().text(tree));
    }

    private static void finite(Problems at, String place, @Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(v -> finite(at, place, v));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> finite(at, place + "[" + k + "]", v));
        } else if (value instanceof Double || value instanceof Float) {
            at.require(Double.isFinite(((Number) value).doubleValue()), place, "must hold finite numbers only", value);
        }
    }
}
