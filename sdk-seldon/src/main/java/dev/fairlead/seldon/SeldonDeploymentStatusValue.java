package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class SeldonDeploymentStatusValue implements SeldonDeploymentStatus, Problems.Checked {
    @Override
    @Value.Default
    public DeploymentState state() {
        return DeploymentState.CREATING;
    }

    @Override
    @Value.Default
    public String description() {
        return "";
    }

    @Override
    public SeldonDeploymentStatus.Builder toBuilder() {
        return ImmutableSeldonDeploymentStatus.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
        at.requireText("namespace", namespace());
    }

    abstract static class Builder extends ValueBuilder<SeldonDeploymentStatusValue>
            implements SeldonDeploymentStatus.Builder {}
}
