package dev.fairlead.testing.inference;

import dev.fairlead.inference.Tensor;
import dev.fairlead.inference.TensorMetadata;
import java.util.List;
import java.util.function.Function;

/** A function as a model. */
record FunctionModel(
        List<TensorMetadata> inputs, List<TensorMetadata> outputs, Function<List<Tensor>, List<Tensor>> function)
        implements ServedModel {
    FunctionModel {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    @Override
    public List<Tensor> predict(List<Tensor> given) {
        return function.apply(given);
    }
}
