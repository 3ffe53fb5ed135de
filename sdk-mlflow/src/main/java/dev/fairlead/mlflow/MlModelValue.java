package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class MlModelValue implements MlModel, Problems.Checked {
    @Override
    public MlModel.Builder toBuilder() {
        return ImmutableMlModel.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.require(!flavors().isEmpty(), "flavors", "must have at least one", flavors());
        signature().ifPresent(s -> at.part("signature", s));
    }

    abstract static class Builder extends ValueBuilder<MlModelValue> implements MlModel.Builder {}
}
