package dev.fairlead.mlflow.admin;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class WorkspaceSpecValue implements WorkspaceSpec, Problems.Checked {
    @Override
    public WorkspaceSpec.Builder toBuilder() {
        return ImmutableWorkspaceSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        artifactRoot()
                .ifPresent(root -> at.require(
                        root.isAbsolute() || root.toString().startsWith("/"),
                        "artifactRoot",
                        "must be an address such as s3://bucket/team, or an absolute path of the server",
                        root));
    }

    abstract static class Builder extends ValueBuilder<WorkspaceSpecValue> implements WorkspaceSpec.Builder {}
}
