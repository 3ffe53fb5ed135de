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
abstract non-sealed class ApprovalTaskValue extends TaskValue implements ApprovalTask {
    @Override
    @Value.Default
    public boolean multiple() {
        return false;
    }

    @Override
    @Value.Default
    public boolean failsOnReject() {
        return false;
    }

    @Override
    @Value.Default
    public boolean ignoresTriggerRules() {
        return false;
    }

    @Override
    public List<String> choices() {
        return routes().values().stream().distinct().toList();
    }

    @Override
    public ApprovalTask.Builder toBuilder() {
        return ImmutableApprovalTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
        return Stream.concat(Stream.ofNullable(subject()), body().stream());
    }

    @Override
    void checkKind(Problems at) {
        ApprovalTaskRules.check(this, at);
    }

    abstract static class Builder extends ValueBuilder<ApprovalTaskValue> implements ApprovalTask.Builder {}
}
