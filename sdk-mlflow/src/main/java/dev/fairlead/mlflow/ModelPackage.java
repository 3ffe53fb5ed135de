package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.FileFlavor;
import dev.fairlead.mlflow.internal.ModelFolders;
import dev.fairlead.mlflow.internal.OnnxFlavor;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds a model as MLflow keeps it: a folder of files with an {@code MLmodel} that says how to load them.
 *
 * <p>{@link #onnx(Path)} makes one of an ONNX file; {@link #read(Path)} takes a folder that another program wrote; {@link #builder()} makes
 * one of any flavour.
 */
public interface ModelPackage {
    /** Returns what the {@code MLmodel} file says. */
    MlModel descriptor();

    /** Returns the other files by their path in the folder. */
    Map<String, ArtifactSource> files();

    /** Starts a package of an ONNX file, which Python's MLflow and MLServer can load and serve. */
    static OnnxBuilder onnx(Path file) {
        return new OnnxFlavor(ArtifactSource.of(file));
    }

    /** Starts a package of an ONNX model in memory. */
    static OnnxBuilder onnx(byte[] model) {
        return new OnnxFlavor(ArtifactSource.of(model));
    }

    /** Starts a package of a PMML file. */
    static FileBuilder pmml(Path file) {
        return custom("pmml", "model.pmml", ArtifactSource.of(file));
    }

    /**
     * Starts a package of a flavour of your own that is one file.
     *
     * @param flavor the flavour, by which whoever can load it knows it
     * @param name the name of the file in the model's folder
     */
    static FileBuilder custom(String flavor, String name, ArtifactSource content) {
        return new FileFlavor(flavor, name, content);
    }

    /**
     * Takes a folder with an {@code MLmodel}; its files are read when they are needed.
     *
     * @throws dev.fairlead.error.ConfigurationException if the folder has no {@code MLmodel}, or it cannot be read
     */
    static ModelPackage read(Path folder) {
        return ModelFolders.read(folder);
    }

    /** Starts a package of any flavour. */
    static Builder builder() {
        return ImmutableModelPackage.builder();
    }

    /** Returns the same package with an example of its input. */
    default ModelPackage withInputExample(ExampleInput example) {
        Builder copy = toBuilder()
                .descriptor(descriptor().toBuilder()
                        .inputExample(example.descriptor())
                        .build());
        example.files().forEach(copy::putFile);
        return copy.build();
    }

    /** Writes the package into a folder, made where it is missing; files of the same names are replaced. */
    default void write(Path folder) {
        ModelFolders.write(this, folder);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a package. Not thread-safe. */
    interface Builder {
        /** Sets what the {@code MLmodel} file says; mandatory. */
        Builder descriptor(MlModel descriptor);

        /** Sets what the {@code MLmodel} file says. */
        default Builder descriptor(Consumer<MlModel.Builder> descriptor) {
            MlModel.Builder builder = MlModel.builder();
            descriptor.accept(builder);
            return descriptor(builder.build());
        }

        /** Replaces the other files. */
        Builder files(Map<String, ? extends ArtifactSource> files);

        /** Adds a file by its path in the folder. */
        Builder putFile(String path, ArtifactSource content);

        /** Makes the package, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ModelPackage build();
    }

    /** Builds a package of an ONNX file. Not thread-safe. */
    interface OnnxBuilder {
        /** Sets what the model takes and gives. */
        OnnxBuilder signature(ModelSignature signature);

        /** Sets what the model takes and gives. */
        default OnnxBuilder signature(Consumer<ModelSignature.Builder> signature) {
            ModelSignature.Builder builder = ModelSignature.builder();
            signature.accept(builder);
            return signature(builder.build());
        }

        /** Adds a note: text, a number, a boolean, or lists and maps of those. */
        OnnxBuilder putMetadata(String key, Object value);

        /** Sets the Python packages the model is served with; {@code mlflow}, {@code onnx} and {@code onnxruntime} by default. */
        OnnxBuilder requirements(Iterable<String> requirements);

        /** Sets the Python the model is served with; {@code 3.11} by default. */
        OnnxBuilder pythonVersion(String version);

        /** Adds an example of what it takes. */
        OnnxBuilder inputExample(ExampleInput example);

        /** Sets where ONNX Runtime computes; {@code CPUExecutionProvider} by default. */
        OnnxBuilder providers(Iterable<String> providers);

        /** Makes the package, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ModelPackage build();
    }

    /** Builds a package of one file. Not thread-safe. */
    interface FileBuilder {
        /** Adds a setting of the flavour: text, a number, a boolean, or lists and maps of those. */
        FileBuilder putSetting(String key, Object value);

        /** Sets what the model takes and gives. */
        FileBuilder signature(ModelSignature signature);

        /** Sets what the model takes and gives. */
        default FileBuilder signature(Consumer<ModelSignature.Builder> signature) {
            ModelSignature.Builder builder = ModelSignature.builder();
            signature.accept(builder);
            return signature(builder.build());
        }

        /** Adds a note: text, a number, a boolean, or lists and maps of those. */
        FileBuilder putMetadata(String key, Object value);

        /** Adds an example of what it takes. */
        FileBuilder inputExample(ExampleInput example);

        /** Makes the package, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ModelPackage build();
    }
}
