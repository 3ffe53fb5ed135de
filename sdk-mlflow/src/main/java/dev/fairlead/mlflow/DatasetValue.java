package dev.fairlead.mlflow;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract class DatasetValue implements Dataset, Problems.Checked {
    private static final int MAX_NAME = 500;
    private static final int MAX_SHORT = 36;
    private static final int MAX_SOURCE = (1 << 16) - 1;
    private static final int MAX_SCHEMA = (1 << 20) - 1;
    private static final int MAX_PROFILE = (1 << 24) - 1;

    @Override
    public Dataset.Builder toBuilder() {
        return ImmutableDataset.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        text(at, "name", name(), MAX_NAME);
        text(at, "digest", digest(), MAX_SHORT);
        text(at, "sourceType", sourceType(), MAX_SHORT);
        text(at, "source", source(), MAX_SOURCE);
        schema().ifPresent(json -> length(at, "schema", json, MAX_SCHEMA));
        profile().ifPresent(json -> length(at, "profile", json, MAX_PROFILE));
    }

    private static void text(Problems at, String field, @Nullable String text, int longest) {
        if (at.requireText(field, text) && text != null) {
            length(at, field, text, longest);
        }
    }

    private static void length(Problems at, String field, String text, int longest) {
        at.require(
                text.length() <= longest,
                field,
                "must have at most " + longest + " characters",
                text.length() + " characters");
    }

    abstract static class Builder extends ValueBuilder<DatasetValue> implements Dataset.Builder {}
}
