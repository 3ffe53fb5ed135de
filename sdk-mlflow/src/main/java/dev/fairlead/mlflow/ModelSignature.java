package dev.fairlead.mlflow;

import java.util.List;
import java.util.Map;

/** Says what a model takes and gives. */
public interface ModelSignature {
    /** Returns the inputs. */
    List<SignatureField> inputs();

    /** Returns the outputs. */
    List<SignatureField> outputs();

    /** Returns the parameters it takes besides. */
    List<SignatureParam> params();

    /** Returns what else stands in the signature, as it was written. */
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

        /** Adds a mandatory column as input; {@code type} is MLflow's name, such as {@code double}, {@code long}, {@code string}. */
        default Builder addInputColumn(String name, String type) {
            return addInput(SignatureField.column(name, type));
        }

        /** Replaces the outputs. */
        Builder outputs(Iterable<? extends SignatureField> outputs);

        /** Adds an output. */
        Builder addOutput(SignatureField output);

        /** Adds a tensor as output; see {@link SignatureField#tensor}. */
        default Builder addOutput(String name, String dtype, long... shape) {
            return addOutput(SignatureField.tensor(name, dtype, shape));
        }

        /** Adds a column as output. */
        default Builder addOutputColumn(String name, String type) {
            return addOutput(SignatureField.column(name, type));
        }

        /** Replaces the parameters. */
        Builder params(Iterable<? extends SignatureParam> params);

        /** Adds a parameter. */
        Builder addParam(SignatureParam param);

        /** Adds a parameter of the type of its default; see {@link SignatureParam#of}. */
        default Builder addParam(String name, Object defaultValue) {
            return addParam(SignatureParam.of(name, defaultValue));
        }

        /** Replaces what else stands in the signature. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds something else to the signature. */
        Builder putAdditionalField(String key, Object value);

        /** Makes the signature, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ModelSignature build();
    }
}
