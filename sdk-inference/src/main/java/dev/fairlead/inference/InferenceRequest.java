package dev.fairlead.inference;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a model for an inference: tensors in, tensors out. */
public interface InferenceRequest {
    /** Returns the model's name as the server knows it. */
    String model();

    /** Returns the model's version; empty leaves the choice to the server. */
    Optional<String> version();

    /** Returns the id the answer will carry; empty lets the server choose one. */
    Optional<String> id();

    /** Returns the inputs, in order; never empty. */
    List<Tensor> inputs();

    /** Returns the names of the outputs wanted; empty means all. */
    List<String> outputs();

    /** Returns the protocol's parameters, such as {@code content_type}: texts, numbers, booleans; empty by default. */
    Map<String, Object> parameters();

    /**
     * Tells whether asking twice does no harm, so that the call may be repeated although it is not known whether the server acted on it;
     * {@code false} by default, for a model may count, log or learn.
     */
    boolean safe();

    /** Starts a request. */
    static Builder builder() {
        return ImmutableInferenceRequest.builder();
    }

    /** Asks a model with these inputs. */
    static InferenceRequest of(String model, Tensor... inputs) {
        return builder().model(model).inputs(List.of(inputs)).build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a request. Not thread-safe. */
    interface Builder {
        /** Sets the model's name; mandatory. */
        Builder model(String model);

        /** Sets the model's version. */
        Builder version(String version);

        /** Sets the id the answer will carry. */
        Builder id(String id);

        /** Replaces the inputs. */
        Builder inputs(Iterable<? extends Tensor> inputs);

        /** Adds an input; at least one is needed, each with a name of its own. */
        Builder addInput(Tensor input);

        /** Replaces the names of the outputs wanted. */
        Builder outputs(Iterable<String> outputs);

        /** Adds the name of an output wanted. */
        Builder addOutput(String output);

        /** Replaces the parameters. */
        Builder parameters(Map<String, ? extends Object> parameters);

        /** Adds a parameter: text, number or boolean. */
        Builder putParameter(String key, Object value);

        /** Declares that asking twice does no harm. */
        Builder safe(boolean safe);

        /** Makes the request, or throws {@link dev.fairlead.error.InvalidValueException}. */
        InferenceRequest build();
    }
}
