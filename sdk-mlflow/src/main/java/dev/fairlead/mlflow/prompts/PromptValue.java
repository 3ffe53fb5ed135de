package dev.fairlead.mlflow.prompts;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class PromptValue implements Prompt, Problems.Checked {
    @Override
    @Value.Default
    public String description() {
        return "";
    }

    @Override
    public Prompt.Builder toBuilder() {
        return ImmutablePrompt.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        at.requireText("name", name());
    }

    abstract static class Builder extends ValueBuilder<PromptValue> implements Prompt.Builder {}
}
