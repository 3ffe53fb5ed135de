package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.stream.Collectors;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SeldonDeploymentValue implements SeldonDeployment, Problems.Checked {
    @Override
    public SeldonDeployment.Builder toBuilder() {
        return ImmutableSeldonDeployment.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        DeploymentRules.check(this, at);
    }

    /** Shows in one line what is deployed where. */
    @Override
    public String toString() {
        return "SeldonDeployment[" + namespace().map(n -> n + "/").orElse("") + name()
                + protocol().map(p -> " " + p).orElse("")
                + predictors().stream().map(p -> ", " + p).collect(Collectors.joining()) + "]";
    }

    abstract static class Builder extends ValueBuilder<SeldonDeploymentValue> implements SeldonDeployment.Builder {}
}
