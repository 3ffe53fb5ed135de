package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class BranchTaskValue extends TaskValue implements BranchTask {
    @Override
    public abstract List<String> choices();

    @Override
    public BranchTask.Builder toBuilder() {
        return ImmutableBranchTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.concat(choice().stream(), arguments().values().stream());
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        at.add("mapping", Mappings.NO_CHOICES, mapping);
    }

    @Override
    void checkKind(Problems at) {
        PythonRules.checkEither(at, code(), arguments(), "choice", choice());
        at.require(!choices().isEmpty(), "choices", "must name the tasks or groups one of which is chosen", null);
        for (String choice : choices()) {
            at.requireText("choices", choice);
        }
    }

    abstract static class Builder extends ValueBuilder<BranchTaskValue> implements BranchTask.Builder {}
}
