package dev.fairlead.mlflow.prompts;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class PromptVersionValue implements PromptVersion, Problems.Checked {
    @Override
    @Value.Default
    public String commitMessage() {
        return "";
    }

    @Override
    public PromptVersion.Builder toBuilder() {
        return ImmutablePromptVersion.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
        at.requireText("version", version());
        at.requireSet("template", template());
    }

    abstract static class Builder extends ValueBuilder<PromptVersionValue> implements PromptVersion.Builder {}
}
