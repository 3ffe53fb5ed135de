package dev.fairlead.seldon;

import dev.fairlead.spi.ValueBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Lets KEDA decide how many of a pod run, down to none ({@code kedaSpec}). The operator only looks at it with KEDA switched on. */
public interface KedaSpec {
    /** Returns how often KEDA looks; 30 s where it is not set. */
    Optional<Duration> pollingInterval();

    /** Returns how long nothing must be asked before all pods go; 5 minutes where it is not set. */
    Optional<Duration> cooldownPeriod();

    /** Returns how many run while nothing is asked; KEDA takes only 0. */
    OptionalInt idleReplicaCount();

    /** Returns the fewest; 0 where none is said. */
    OptionalInt minReplicaCount();

    /** Returns the most; 100 where none is said. */
    OptionalInt maxReplicaCount();

    /** Returns what it looks at; at least one. */
    List<KedaTrigger> triggers();

    /** Returns what happens when KEDA cannot look. */
    Optional<Fallback> fallback();

    /** Returns further settings as they stand in the object: {@code restoreToOriginalReplicaCount}, {@code horizontalPodAutoscalerConfig}. */
    Map<String, Object> advanced();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /**
     * Says what happens when KEDA cannot look.
     *
     * @param failureThreshold after how many failures in a row
     * @param replicas how many run then
     */
    record Fallback(int failureThreshold, int replicas) {}

    /** Starts one. */
    static Builder builder() {
        return ImmutableKedaSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds one. Not thread-safe. */
    interface Builder {
        /** Sets how often KEDA looks; whole seconds. */
        Builder pollingInterval(Duration interval);

        /** Sets how long nothing must be asked before all pods go; whole seconds. */
        Builder cooldownPeriod(Duration period);

        /** Sets how many run while nothing is asked. */
        Builder idleReplicaCount(int replicas);

        /** Sets the fewest. */
        Builder minReplicaCount(int replicas);

        /** Sets the most. */
        Builder maxReplicaCount(int replicas);

        /** Replaces what it looks at. */
        Builder triggers(Iterable<? extends KedaTrigger> triggers);

        /** Adds something it looks at. */
        Builder addTrigger(KedaTrigger trigger);

        /** Adds something it looks at; its problems are reported with those of the whole. */
        default Builder addTrigger(KedaTrigger.Builder trigger) {
            return addTrigger(ValueBuilder.<KedaTrigger>partOf(trigger));
        }

        /** Sets what happens when KEDA cannot look. */
        Builder fallback(Fallback fallback);

        /** Replaces the further settings. */
        Builder advanced(Map<String, ? extends Object> settings);

        /** Adds a further setting, as it stands in the object. */
        Builder putAdvanced(String name, Object tree);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        KedaSpec build();
    }
}
