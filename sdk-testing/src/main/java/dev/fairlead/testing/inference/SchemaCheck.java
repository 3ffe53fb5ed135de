package dev.fairlead.testing.inference;

import dev.fairlead.inference.DataType;
import dev.fairlead.inference.Tensor;
import dev.fairlead.inference.TensorMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Refuses what MLflow's schema enforcement refuses, in its words. */
final class SchemaCheck {
    private SchemaCheck() {}

    static void enforce(List<Tensor> given, List<TensorMetadata> wanted) {
        List<String> names = given.stream().map(Tensor::name).toList();
        List<String> missing = wanted.stream()
                .map(TensorMetadata::name)
                .filter(n -> !names.contains(n))
                .toList();
        if (!missing.isEmpty()) {
            List<String> known = wanted.stream().map(TensorMetadata::name).toList();
            List<String> extra = names.stream().filter(n -> !known.contains(n)).toList();
            String note = extra.isEmpty() ? "" : " Note that there were extra inputs: " + list(extra) + ".";
            throw refused("Model is missing inputs " + list(missing) + "." + note);
        }
        for (TensorMetadata tensor : wanted) {
            given.stream().filter(t -> t.name().equals(tensor.name())).forEach(t -> compare(t, tensor));
        }
    }

    private static void compare(Tensor given, TensorMetadata wanted) {
        if (!given.datatype().name().equals(wanted.datatype())) {
            throw refused("dtype of input " + numpy(given.datatype()) + " does not match expected dtype "
                    + DataType.find(wanted.datatype()).map(SchemaCheck::numpy).orElse(wanted.datatype()));
        }
        long[] shape = given.shape();
        boolean fits = shape.length == wanted.shape().size();
        for (int i = 0; fits && i < shape.length; i++) {
            fits = wanted.shape().get(i) < 0 || wanted.shape().get(i) == shape[i];
        }
        if (!fits) {
            String expected = wanted.shape().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
            String was = Arrays.toString(shape).replace('[', '(').replace(']', ')');
            throw refused("Shape of input " + was + " does not match expected shape " + expected + ".");
        }
    }

    private static PythonException refused(String error) {
        return new PythonException(
                "mlflow.exceptions.MlflowException",
                "Failed to enforce schema of data with the model's schema. Error: " + error);
    }

    private static String list(List<String> names) {
        return names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", ", "[", "]"));
    }

    private static String numpy(DataType type) {
        return switch (type) {
            case FP32 -> "float32";
            case FP64 -> "float64";
            case FP16 -> "float16";
            case BYTES -> "object";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }
}
