package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class ResourceTaskValue extends TaskValue implements ResourceTask {
    @Override
    @Value.Default
    public ResourceAction action() {
        return ResourceAction.CREATE;
    }

    @Override
    @Value.Default
    public boolean clusterWide() {
        return false;
    }

    @Override
    public ResourceTask.Builder toBuilder() {
        return ImmutableResourceTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return object().values().stream();
    }

    @Override
    void checkKind(Problems at) {
        ResourceTaskRules.check(this, at);
    }

    abstract static class Builder extends ValueBuilder<ResourceTaskValue> implements ResourceTask.Builder {}
}
