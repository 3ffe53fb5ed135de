package dev.fairlead.seldon;

import dev.fairlead.spi.Problems;
import dev.fairlead.spi.SdkStyle;
import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.immutables.value.Value;

@Value.Immutable
@SdkStyle
abstract class KedaSpecValue implements KedaSpec, Problems.Checked {
    /** Scalers that see only running pods, and so never start the first one. */
    private static final Set<String> BLIND_AT_ZERO = Set.of("cpu", "memory");

    @Override
    public KedaSpec.Builder toBuilder() {
        return ImmutableKedaSpec.builder().from(this);
    }

    @Override
    public void check(Problems at) {
        checkSeconds(at, "pollingInterval", pollingInterval());
        checkSeconds(at, "cooldownPeriod", cooldownPeriod());
        checkCounts(at);
        if (at.require(!triggers().isEmpty(), "triggers", "must hold a trigger", "none")) {
            at.parts("triggers", triggers());
            boolean blind = triggers().stream().allMatch(t -> BLIND_AT_ZERO.contains(t.type()));
            at.require(
                    !blind || minReplicaCount().orElse(0) > 0,
                    "minReplicaCount",
                    "must be at least 1 where only cpu or memory is looked at, which no pod uses at zero",
                    minReplicaCount().orElse(0));
            fallback()
                    .ifPresent(f -> at.require(
                            triggers().stream().noneMatch(t -> BLIND_AT_ZERO.contains(t.type())),
                            "fallback",
                            "must not be set with a trigger on cpu or memory, for which KEDA has none",
                            f.replicas()));
        }
        fallback().ifPresent(f -> {
            at.require(f.failureThreshold() >= 0, "fallback.failureThreshold", "must not be negative", f);
            at.require(f.replicas() >= 0, "fallback.replicas", "must not be negative", f);
        });
    }

    private void checkCounts(Problems at) {
        checkCount(at, "minReplicaCount", minReplicaCount());
        checkCount(at, "maxReplicaCount", maxReplicaCount());
        maxReplicaCount()
                .ifPresent(most -> at.require(
                        minReplicaCount().orElse(0) <= most,
                        "minReplicaCount",
                        "must not be above maxReplicaCount " + most,
                        minReplicaCount().orElse(0)));
        idleReplicaCount()
                .ifPresent(idle -> at.require(
                        idle == 0 && minReplicaCount().orElse(0) > 0,
                        "idleReplicaCount",
                        "must be 0, below a minReplicaCount of at least 1: KEDA takes no other",
                        idle));
    }

    private static void checkCount(Problems at, String field, OptionalInt count) {
        count.ifPresent(n -> at.require(n >= 0, field, "must not be negative", n));
    }

    private static void checkSeconds(Problems at, String field, Optional<Duration> time) {
        time.ifPresent(d -> at.require(
                d.toSeconds() >= 1 && d.equals(Duration.ofSeconds(d.toSeconds())),
                field,
                "must be whole seconds, at least 1",
                d));
    }

    abstract static class Builder extends ValueBuilder<KedaSpecValue> implements KedaSpec.Builder {}
}
