package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.MlModelFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Holds what an {@code MLmodel} file says: how a model's folder is to be read. What this version does not know is kept; a field that is null
 * counts as absent.
 */
public interface MlModel {
    /** Is the name of the file. */
    String FILE = "MLmodel";

    /** Returns the folder among the run's artifacts. */
    Optional<String> artifactPath();

    /** Returns the id of the run that logged it. */
    Optional<String> runId();

    /** Returns the model's own id. */
    Optional<String> modelUuid();

    /** Returns its id as a logged model of MLflow 3. */
    Optional<String> modelId();

    /** Returns when it was made. */
    Optional<Instant> createdAt();

    /** Returns the version of the MLflow that wrote the file. */
    Optional<String> mlflowVersion();

    /** Returns the size of the folder's files in bytes, this file aside. */
    Optional<Long> modelSizeBytes();

    /** Returns the flavours, each with its settings: the ways in which the folder can be loaded. */
    Map<String, Map<String, Object>> flavors();

    /** Returns what the model takes and gives. */
    Optional<ModelSignature> signature();

    /** Returns the example of its input that lies in the folder. */
    Optional<InputExample> inputExample();

    /** Returns what its author noted. */
    Map<String, Object> metadata();

    /** Returns what else stands in the file. */
    Map<String, Object> additionalFields();

    /** Starts a description. */
    static Builder builder() {
        return ImmutableMlModel.builder();
    }

    /**
     * Reads the {@code MLmodel} file of a folder.
     *
     * @throws dev.fairlead.error.ConfigurationException if there is none, or it is not one
     */
    static MlModel read(Path folder) {
        return MlModelFile.read(folder.resolve(FILE));
    }

    /**
     * Reads the text of an {@code MLmodel} file.
     *
     * @throws dev.fairlead.error.ConfigurationException if it is not one
     */
    static MlModel parse(String yaml) {
        return MlModelFile.parse(yaml, FILE);
    }

    /** Returns the text of the file, which MLflow in any language reads. */
    default String toYaml() {
        return MlModelFile.yaml(this);
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the folder among the run's artifacts. */
        Builder artifactPath(String path);

        /** Sets the id of the run that logged it. */
        Builder runId(String runId);

        /** Sets the model's own id. */
        Builder modelUuid(String id);

        /** Sets its id as a logged model. */
        Builder modelId(String id);

        /** Sets when it was made. */
        Builder createdAt(Instant instant);

        /** Sets the version of MLflow that the file is written for. */
        Builder mlflowVersion(String version);

        /** Sets the size of the folder's files. */
        Builder modelSizeBytes(long bytes);

        /** Replaces the flavours. */
        Builder flavors(Map<String, ? extends Map<String, Object>> flavors);

        /** Adds a flavour; at least one is mandatory. */
        Builder putFlavor(String name, Map<String, Object> settings);

        /** Sets what the model takes and gives. */
        Builder signature(ModelSignature signature);

        /** Sets what the model takes and gives. */
        default Builder signature(Consumer<ModelSignature.Builder> signature) {
            ModelSignature.Builder builder = ModelSignature.builder();
            signature.accept(builder);
            return signature(builder.build());
        }

        /** Sets the example of its input that lies in the folder; {@link ModelPackage} writes both. */
        Builder inputExample(InputExample example);

        /** Replaces what the author notes. */
        Builder metadata(Map<String, ? extends Object> metadata);

        /** Adds a note: text, a number, a boolean, or lists and maps of those. */
        Builder putMetadata(String key, Object value);

        /** Replaces what else stands in the file. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds something else. */
        Builder putAdditionalField(String key, Object value);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        MlModel build();
    }
}
