package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.Paths;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class ModelPackageValue implements ModelPackage, Problems.Checked {
    @Override
    public ModelPackage.Builder toBuilder() {
        return ImmutableModelPackage.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireSet("descriptor", descriptor())) {
            at.part("descriptor", descriptor());
        }
        at.require(
                !files().containsKey(MlModel.FILE),
                "files",
                "must not hold MLmodel, which the descriptor writes",
                MlModel.FILE);
        files().keySet().forEach(path -> Paths.check(at, "files", path));
    }

    abstract static class Builder extends ValueBuilder<ModelPackageValue> implements ModelPackage.Builder {}
}
