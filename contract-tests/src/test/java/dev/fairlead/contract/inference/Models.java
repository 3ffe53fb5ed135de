package dev.fairlead.contract.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The models of the suites, as files. */
public final class Models {
    private Models() {}

    /** A tiny MLflow model in ONNX: scores = input · W, probabilities = softmax(scores), label = argmax(scores). */
    public static Path tiny() {
        return folder("tiny", List.of("MLmodel", "model.onnx", "python_env.yaml", "requirements.txt"));
    }

    /** A model in Python that answers with its inputs, in MLServer's own layout. */
    public static void echoInto(Path models) {
        copy("echo", List.of("model-settings.json", "echo.py"), models.resolve("echo"));
    }

    private static Path folder(String name, List<String> files) {
        try {
            Path folder = Files.createTempDirectory("fairlead-model-").resolve(name);
            copy(name, files, folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String name, List<String> files, Path into) {
        try {
            Files.createDirectories(into);
            for (String file : files) {
                try (InputStream in = Models.class.getResourceAsStream(name + "/" + file)) {
                    Files.write(into.resolve(file), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the tiny model answers, computed here: label and probability of the second class. */
    public static double[] expected(float[] row) {
        double a = row[0] + 0.5 * row[1] - 0.75 * row[2];
        double b = -row[0] + 0.25 * row[1] + 2 * row[2];
        double second = 1 / (1 + Math.exp(a - b));
        return new double[] {b > a ? 1 : 0, second};
    }
}
