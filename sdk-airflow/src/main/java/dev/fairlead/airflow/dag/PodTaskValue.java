package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import java.util.Optional;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class PodTaskValue implements PodTask, Problems.Checked {
    /** The pod as the builder left it; its own setters stand in {@link PodTaskBuilder}. */
    abstract PodTemplate template();

    @Override
    public PodTemplate pod() {
        return template();
    }

    @Override
    @Value.Default
    public TriggerRule triggerRule() {
        return TriggerRule.ALL_SUCCESS;
    }

    @Override
    @Value.Auxiliary
    public abstract Optional<String> origin();

    @Override
    @Value.Default
    public boolean copiesLog() {
        return true;
    }

    @Override
    @Value.Default
    public boolean deferrable() {
        return false;
    }

    @Override
    @Value.Default
    public boolean returnsOutput() {
        return false;
    }

    @Override
    @Value.Default
    public boolean keepsPod() {
        return false;
    }

    @Override
    public PodTask.Builder toBuilder() {
        ImmutablePodTask.Builder copy = ImmutablePodTask.builder();
        copy.from(this);
        return copy.startFrom(template());
    }

    @Override
    public void check(Problems at) {
        TaskRules.check(this, at);
        at.part("pod", template());
        PodTaskRules.check(this, at);
    }

    abstract static class Builder extends PodTaskBuilder {}
}
