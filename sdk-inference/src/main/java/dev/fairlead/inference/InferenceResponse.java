package dev.fairlead.inference;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what a model answered. */
public interface InferenceResponse {
    /** Returns the model that answered. */
    String modelName();

    /** Returns its version, where the server says. */
    Optional<String> modelVersion();

    /** Returns the request's id, or the one the server made up. */
    Optional<String> id();

    /** Returns the protocol's parameters; empty by default. */
    Map<String, Object> parameters();

    /** Returns the outputs in the server's order. */
    List<Tensor> outputs();

    /**
     * Returns the output of a name.
     *
     * @throws InvalidValueException if there is none; the message names those there are
     */
    default Tensor output(String name) {
        return outputs().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing("output '" + name + "'", "must be one of the answer's"));
    }

    /**
     * Returns the only output.
     *
     * @throws InvalidValueException if there is none or more than one; the message names those there are
     */
    default Tensor output() {
        if (outputs().size() != 1) {
            throw missing("output()", "needs exactly one output; use output(name)");
        }
        return outputs().get(0);
    }

    private InvalidValueException missing(String place, String rule) {
        return new InvalidValueException(
                "reading of the answer of '" + modelName() + "'",
                List.of(new Problem(
                        place,
                        rule,
                        outputs().stream().map(Tensor::name).toList().toString())));
    }

    /** Starts a response, for tests. */
    static Builder builder() {
        return ImmutableInferenceResponse.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a response. Not thread-safe. */
    interface Builder {
        /** Sets the model that answered; mandatory. */
        Builder modelName(String modelName);

        /** Sets its version. */
        Builder modelVersion(String modelVersion);

        /** Sets the id. */
        Builder id(String id);

        /** Replaces the parameters. */
        Builder parameters(Map<String, ? extends Object> parameters);

        /** Adds a parameter. */
        Builder putParameter(String key, Object value);

        /** Replaces the outputs. */
        Builder outputs(Iterable<? extends Tensor> outputs);

        /** Adds an output. */
        Builder addOutput(Tensor output);

        /** Makes the response, or throws {@link InvalidValueException}. */
        InferenceResponse build();
    }
}
