package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ModelSignatureValue implements ModelSignature, Problems.Checked {
    @Override
    public ModelSignature.Builder toBuilder() {
        return ImmutableModelSignature.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(!inputs().isEmpty() || !outputs().isEmpty(), "inputs", "must be set, or outputs", inputs());
        checkFields(at, "inputs", inputs());
        checkFields(at, "outputs", outputs());
    }

    private static void checkFields(Problems at, String place, List<SignatureField> fields) {
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.get(i).name();
            at.require(
                    fields.size() == 1 || !name.isBlank(),
                    place + "[" + i + "].name",
                    "must be set where there are several",
                    name);
        }
        long names = fields.stream().map(SignatureField::name).distinct().count();
        at.require(
                names == fields.size(),
                place,
                "must have different names",
                fields.stream().map(SignatureField::name).toList());
        long tensors =
                fields.stream().filter(SignatureField.Tensor.class::isInstance).count();
        at.require(tensors == 0 || tensors == fields.size(), place, "must be all tensors or all columns", fields);
    }

    abstract static class Builder extends ValueBuilder<ModelSignatureValue> implements ModelSignature.Builder {}
}
