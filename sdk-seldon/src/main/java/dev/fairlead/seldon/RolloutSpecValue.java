package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class RolloutSpecValue implements RolloutSpec, Problems.Checked {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Override
    @Value.Default
    public List<Integer> steps() {
        return List.of(10, 50, 100);
    }

    @Override
    @Value.Default
    public Duration stepFor() {
        return LONG;
    }

    @Override
    @Value.Default
    public Duration checkEvery() {
        return Duration.ofSeconds(15);
    }

    @Override
    @Value.Default
    public Duration patience() {
        return LONG;
    }

    @Override
    @Value.Default
    public Duration window() {
        return Duration.ofMinutes(1);
    }

    @Override
    public RolloutSpec.Builder toBuilder() {
        return ImmutableRolloutSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        SeldonNames.checkSubdomain(at, "deployment", deployment());
        at.requireText("candidate", candidate());
        predictor().ifPresent(p -> {
            at.require(
                    p.name().equals(candidate()), "candidate", "must be the predictor's name " + p.name(), candidate());
            at.part("predictor", p);
        });
        baseline()
                .ifPresent(b -> at.require(
                        !b.equals(candidate()), "baseline", "must be another predictor than the candidate", b));
        checkSteps(at);
        checkTimes(at);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < guards().size(); i++) {
            check(at.at("guards[" + i + "]"), guards().get(i), names);
        }
        metricLabels()
                .keySet()
                .forEach(name -> at.require(
                        name.matches("[A-Za-z_][A-Za-z0-9_]*"),
                        "metricLabels[" + name + "]",
                        "must be named as Prometheus names labels: letters, digits and _",
                        name));
    }

    private void checkSteps(Problems at) {
        at.require(!steps().isEmpty(), "steps", "must be at least one", steps());
        int before = 0;
        for (int percent : steps()) {
            at.require(percent > before && percent <= 100, "steps", "must grow, from 1 to 100 percent", steps());
            before = percent;
        }
    }

    private void checkTimes(Problems at) {
        at.require(isPositive(stepFor()), "stepFor", "must be positive", stepFor());
        at.require(isPositive(checkEvery()), "checkEvery", "must be positive", checkEvery());
        at.require(
                checkEvery().compareTo(stepFor()) <= 0,
                "checkEvery",
                "must not be longer than a step, which lasts " + stepFor(),
                checkEvery());
        at.require(!patience().isNegative(), "patience", "must not be negative", patience());
        at.require(window().toSeconds() >= 1, "window", "must be a second at least", window());
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void check(Problems at, RolloutGuard guard, Set<String> names) {
        at.requireText("name", guard.name());
        at.require(names.add(guard.name()), "name", "must not be that of another guard", guard.name());
        if (guard instanceof MetricGuard metric) {
            at.requireText("query", metric.query());
            at.require(Double.isFinite(metric.most()), "most", "must be a number", metric.most());
        }
    }

    abstract static class Builder extends ValueBuilder<RolloutSpecValue> implements RolloutSpec.Builder {}
}
