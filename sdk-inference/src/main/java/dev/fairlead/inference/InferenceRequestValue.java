package dev.fairlead.inference;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class InferenceRequestValue implements InferenceRequest, Problems.Checked {
    @Override
    @Value.Default
    public boolean safe() {
        return false;
    }

    @Override
    public InferenceRequest.Builder toBuilder() {
        return ImmutableInferenceRequest.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("model", model());
        at.require(!inputs().isEmpty(), "inputs", "must hold a tensor", "none");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < inputs().size(); i++) {
            Tensor input = inputs().get(i);
            at.require(
                    names.add(input.name()),
                    "inputs[" + i + "].name",
                    "must not be that of another input",
                    input.name());
            checkParameters(at.at("inputs[" + i + "]"), input.parameters());
        }
        checkParameters(at, parameters());
    }

    private static void checkParameters(Problems at, Map<String, Object> parameters) {
        parameters.forEach((key, value) -> at.require(
                value instanceof String || value instanceof Number || value instanceof Boolean,
                "parameters." + key,
                "must be a text, a number or a boolean",
                value));
    }

    abstract static class Builder extends ValueBuilder<InferenceRequestValue> implements InferenceRequest.Builder {}
}
