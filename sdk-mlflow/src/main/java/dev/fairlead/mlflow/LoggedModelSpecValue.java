package dev.fairlead.mlflow;

import dev.fairlead.mlflow.internal.LoggedModelRules;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class LoggedModelSpecValue implements LoggedModelSpec, Problems.Checked {
    @Override
    @Value.Default
    public String modelType() {
        return "";
    }

    @Override
    public LoggedModelSpec.Builder toBuilder() {
        return ImmutableLoggedModelSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        name().ifPresent(name -> LoggedModelRules.name(at, "name", name));
        LoggedModelRules.length(at, "modelType", modelType(), LoggedModelRules.MAX_NAME);
        LoggedModelRules.params(at, "params", params());
        LoggedModelRules.tags(at, "tags", tags());
        at.require(
                !tags().containsKey(LoggedModel.KEY_TAG),
                "tags",
                "must not set " + LoggedModel.KEY_TAG + ", which is ours",
                LoggedModel.KEY_TAG);
    }

    abstract static class Builder extends ValueBuilder<LoggedModelSpecValue> implements LoggedModelSpec.Builder {}
}
