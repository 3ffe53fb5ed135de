package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract non-sealed class PodTaskValue extends TaskValue implements PodTask {
    /** The pod as the builder left it; its own setters stand in {@link PodTaskBuilder}. */
    abstract PodTemplate template();

    @Override
    public PodTemplate pod() {
        return template();
    }

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
    public PodFinish onFinish() {
        return PodFinish.DELETE;
    }

    @Override
    @Value.Default
    public boolean reattaches() {
        return true;
    }

    @Override
    public PodTask.Builder toBuilder() {
        ImmutablePodTask.Builder copy = ImmutablePodTask.builder();
        copy.from(this);
        return copy.startFrom(template());
    }

    @Override
    Stream<Expression> values() {
        return Stream.concat(evaluatedEnv().values().stream(), evaluatedArgs().stream());
    }

    @Override
    void checkMapping(Problems at, Mapping mapping) {
        Set<String> set = new HashSet<>();
        if (!evaluatedArgs().isEmpty()) {
            set.add("args");
        }
        if (!evaluatedEnv().isEmpty()) {
            set.add("env");
        }
        Mappings.check(at, this, mapping, List.of("args", "env"), set);
    }

    @Override
    void checkKind(Problems at) {
        at.part("pod", template());
        PodTaskRules.check(this, at);
    }

    abstract static class Builder extends PodTaskBuilder {}
}
