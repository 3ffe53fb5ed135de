package dev.fairlead.mlflow.prompts;

import dev.fairlead.mlflow.internal.Rules;
import dev.fairlead.mlflow.internal.prompts.PromptTags;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.Map;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class PromptSpecValue implements PromptSpec, Problems.Checked {
    @Override
    @Value.Default
    public String commitMessage() {
        return "";
    }

    @Override
    public PromptSpec.Builder toBuilder() {
        return ImmutablePromptSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        if (at.requireSet("template", template())) {
            String stored = PromptTags.stored(template());
            at.require(
                    template().texts().findAny().isPresent() && !stored.isBlank(),
                    "template",
                    "must not be empty",
                    stored);
            at.require(
                    stored.length() <= Rules.MAX_MODEL_TAG,
                    "template",
                    "must have at most " + Rules.MAX_MODEL_TAG + " characters",
                    stored.length() + " characters");
        }
        key().ifPresent(key -> Rules.operationKey(at, "key", key));
        tags(at, "tags", tags());
        tags(at, "promptTags", promptTags());
    }

    private static void tags(Problems at, String field, Map<String, String> tags) {
        Rules.tags(at, field, tags, Rules.MAX_MODEL_TAG);
        tags.keySet().stream()
                .filter(PromptTags::isReserved)
                .forEach(key -> at.add(field, "must not set a tag that is kept for the template", key));
    }

    abstract static class Builder extends ValueBuilder<PromptSpecValue> implements PromptSpec.Builder {}
}
