package dev.fairlead.inference;

import java.util.List;

/** Describes a model as its server does. MLServer knows inputs and outputs only where the model's settings or signature tell. */
public interface ModelMetadata {
    /** Returns the model's name. */
    String name();

    /** Returns the versions served; empty where the server does not say. */
    List<String> versions();

    /** Returns the framework, such as {@code onnxruntime_onnx}; empty where the server does not say. */
    String platform();

    /** Returns the inputs; empty where the server does not say. */
    List<TensorMetadata> inputs();

    /** Returns the outputs; empty where the server does not say. */
    List<TensorMetadata> outputs();

    /** Starts a description, for tests. */
    static Builder builder() {
        return ImmutableModelMetadata.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a description. Not thread-safe. */
    interface Builder {
        /** Sets the model's name; mandatory. */
        Builder name(String name);

        /** Replaces the versions. */
        Builder versions(Iterable<String> versions);

        /** Adds a version. */
        Builder addVersion(String version);

        /** Sets the framework. */
        Builder platform(String platform);

        /** Replaces the inputs. */
        Builder inputs(Iterable<? extends TensorMetadata> inputs);

        /** Adds an input. */
        Builder addInput(TensorMetadata input);

        /** Replaces the outputs. */
        Builder outputs(Iterable<? extends TensorMetadata> outputs);

        /** Adds an output. */
        Builder addOutput(TensorMetadata output);

        /** Makes the description, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ModelMetadata build();
    }
}
