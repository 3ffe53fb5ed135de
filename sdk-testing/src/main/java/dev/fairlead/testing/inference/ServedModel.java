package dev.fairlead.testing.inference;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.inference.Tensor;
import dev.fairlead.inference.TensorMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Is a model that a {@link FakeInferenceServer} serves. Thread-safe. */
public interface ServedModel extends AutoCloseable {
    /** Returns its inputs as the server describes them; empty where they are not known. */
    List<TensorMetadata> inputs();

    /** Returns its outputs as the server describes them; empty where they are not known. */
    List<TensorMetadata> outputs();

    /** Answers; what it throws becomes the server's 500. */
    List<Tensor> predict(List<Tensor> inputs);

    /** Returns the parameters that its answers carry; empty by default. */
    default Map<String, Object> parameters() {
        return Map.of();
    }

    /** Gives back what it holds; nothing by default. */
    @Override
    default void close() {}

    /** Makes a model of a function. */
    static ServedModel of(Function<List<Tensor>, List<Tensor>> function) {
        return of(List.of(), List.of(), function);
    }

    /** Makes a model of a function, with what the server says about it. */
    static ServedModel of(
            List<TensorMetadata> inputs, List<TensorMetadata> outputs, Function<List<Tensor>, List<Tensor>> function) {
        return new FunctionModel(inputs, outputs, function);
    }

    /** Makes a model that answers with its inputs. */
    static ServedModel echo() {
        return of(inputs -> inputs);
    }

    /**
     * Loads an ONNX file, or a folder with an {@code MLmodel} file whose flavour is ONNX, and really runs it, with the checks and the shapes of
     * MLServer's MLflow runtime.
     *
     * @throws ConfigurationException if {@code com.microsoft.onnxruntime:onnxruntime} is not on the class path, or the model cannot be loaded
     */
    static ServedModel load(Path fileOrFolder) {
        Path file = ModelFiles.onnx(fileOrFolder);
        try {
            return OnnxModel.load(file);
        } catch (NoClassDefFoundError e) {
            throw new ConfigurationException(
                    "running " + file
                            + " needs com.microsoft.onnxruntime:onnxruntime on the class path, an optional dependency of"
                            + " fairlead-testing; add it, or serve a Java function with ServedModel.of(…)",
                    e);
        }
    }
}
