package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class LoggedModelValue implements LoggedModel, Problems.Checked {
    @Override
    @Value.Default
    public String name() {
        return "";
    }

    @Override
    @Value.Default
    public LoggedModelStatus status() {
        return LoggedModelStatus.READY;
    }

    @Override
    @Value.Default
    public String statusMessage() {
        return "";
    }

    @Override
    @Value.Default
    public String modelType() {
        return "";
    }

    @Override
    public LoggedModel.Builder toBuilder() {
        return ImmutableLoggedModel.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("id", id());
        at.requireText("experimentId", experimentId());
        at.requireSet("artifactUri", artifactUri());
    }

    abstract static class Builder extends ValueBuilder<LoggedModelValue> implements LoggedModel.Builder {}
}
