package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.Rules;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class RegisterSpecValue implements RegisterSpec, Problems.Checked {
    @Override
    @Value.Default
    public String description() {
        return "";
    }

    @Override
    public RegisterSpec.Builder toBuilder() {
        return ImmutableRegisterSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireSet("source", source());
        key().ifPresent(key -> Rules.operationKey(at, "key", key));
        at.require(!tags().containsKey(KEY_TAG), "tags", "must not set " + KEY_TAG + "; set key instead", KEY_TAG);
        Rules.tags(at, "tags", tags(), Rules.MAX_MODEL_TAG);
    }

    abstract static class Builder extends ValueBuilder<RegisterSpecValue> implements RegisterSpec.Builder {}
}
