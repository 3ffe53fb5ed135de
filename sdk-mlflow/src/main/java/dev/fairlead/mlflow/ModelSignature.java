package dev.fairlead.mlflow;

import java.util.List;
import java.util.Map;

/** Says what a model takes and gives. */
public interface ModelSignature {
    /** Returns the inputs. */
    List<SignatureField> inputs();

    /** Returns the outputs. */
    List<SignatureField> outputs();

    /** Returns what else stands in the signature, such as {@code params}, as it was written. */
    Map<String, Object> additionalFields();

    /** Starts a signature. */
    static Builder builder() {
        return ImmutableModelSignature.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds a signature. Not thread-safe. */
    interface Builder {
        /** Replaces the inputs. */
        Builder inputs(Iterable<? extends SignatureField> inputs);

        /** Adds an input. */
        Builder addInput(SignatureField input);

        /** Adds a tensor as input; see {@link SignatureField#tensor}. */
        default Builder addInput(String name, String dtype, long... shape) {
            return addInput(SignatureField.tensor(name, dtype, shape));
        }

        /** Replaces the outputs. */
        Builder outputs(Iterable<? extends SignatureField> outputs);

        /** Adds an output. */
        Builder addOutput(SignatureField output);

        /** Adds a tensor as output; see {@link SignatureField#tensor}. */
        default Builder addOutput(String name, String dtype, long... shape) {
            return addOutput(SignatureField.tensor(name, dtype, shape));
        }

        /** Replaces what else stands in the signature. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds something else to the signature. */
        Builder putAdditionalField(String key, Object value);

        /** Makes the signature, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ModelSignature build();
    }
}
