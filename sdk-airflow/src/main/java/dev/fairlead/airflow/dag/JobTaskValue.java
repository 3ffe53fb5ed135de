package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

@Value.Immutable
@SdkStyle
abstract non-sealed class JobTaskValue extends TaskValue implements JobTask {
    @Override
    @Value.Default
    public boolean indexed() {
        return false;
    }

    @Override
    @Value.Default
    public boolean waits() {
        return true;
    }

    @Override
    @Value.Default
    public boolean deferrable() {
        return false;
    }

    @Override
    @Value.Default
    public boolean copiesLog() {
        return true;
    }

    @Override
    @Value.Default
    public boolean returnsOutput() {
        return false;
    }

    @Override
    public JobTask.Builder toBuilder() {
        return ImmutableJobTask.builder().from(this);
    }

    @Override
    Stream<? extends @Nullable Object> values() {
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
        if (at.requireSet("pod", pod())) {
            at.part("pod", pod());
            PodTaskRules.checkPod(pod(), evaluatedEnv(), evaluatedArgs(), at);
        }
        namespace().ifPresent(n -> Connections.checkNamespace(at, n));
        connection().ifPresent(c -> Connections.check(at, "connection", c));
        completions().ifPresent(n -> at.require(n >= 1, "completions", "must be at least 1", n));
        parallelism().ifPresent(n -> at.require(n >= 1, "parallelism", "must be at least 1", n));
        backoffLimit().ifPresent(n -> at.require(n >= 0, "backoffLimit", "must not be negative", n));
        int pods = parallelism().orElse(1);
        at.require(
                !waits() || pods <= completions().orElse(pods),
                "parallelism",
                "must not be more than completions: Airflow waits for so many pods",
                pods);
        at.require(
                !indexed() || completions().isPresent(),
                "completions",
                "must be set, so that pods can be numbered",
                null);
        TaskRules.positive(at, "timeToLive", timeToLive());
        TaskRules.positive(at, "pollInterval", pollInterval());
        queueName()
                .ifPresent(q -> at.require(
                        q.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?"),
                        "queueName",
                        "must be a local queue's name",
                        q));
        String rule = "must not be set unless the task waits: say waits(true)";
        at.require(waits() || !deferrable(), "deferrable", rule, deferrable());
        at.require(waits() || !returnsOutput(), "returnsOutput", rule, returnsOutput());
        at.require(
                waits() || pollInterval().isEmpty(),
                "pollInterval",
                rule,
                pollInterval().orElse(null));
    }

    abstract static class Builder extends ValueBuilder<JobTaskValue> implements JobTask.Builder {}
}
