package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ModelSignatureValue implements ModelSignature, Problems.Checked {
    private static final List<String> TYPES =
            List.of("string", "integer", "long", "float", "double", "boolean", "datetime", "binary", "object");

    @Override
    public ModelSignature.Builder toBuilder() {
        return ImmutableModelSignature.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(
                !inputs().isEmpty() || !outputs().isEmpty() || !params().isEmpty(),
                "inputs",
                "must be set, or outputs, or params",
                inputs());
        checkParams(at);
        checkFields(at, "inputs", inputs());
        checkFields(at, "outputs", outputs());
    }

    private void checkParams(Problems at) {
        List<String> names = params().stream().map(SignatureParam::name).toList();
        names.forEach(name -> at.requireText("params.name", name));
        params().forEach(param -> at.require(
                TYPES.contains(param.type()),
                "params[" + param.name() + "].type",
                "must be one of " + TYPES,
                param.type()));
        at.require(names.stream().distinct().count() == names.size(), "params", "must have different names", names);
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
