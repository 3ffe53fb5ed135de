package dev.fairlead.seldon;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Lets Kubernetes' own autoscaler decide how many of a pod run ({@code hpaSpec}). */
public interface HpaSpec {
    /** Returns the fewest; 1 where none is said. */
    OptionalInt minReplicas();

    /** Returns the most; mandatory. */
    OptionalInt maxReplicas();

    /** Returns what it looks at, {@code metricsv2} in the object; the older form {@code metrics} stays among the additional fields. */
    List<ScalingMetric> metrics();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts one. */
    static Builder builder() {
        return ImmutableHpaSpec.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds one. Not thread-safe. */
    interface Builder {
        /** Sets the fewest. */
        Builder minReplicas(int replicas);

        /** Sets the most; mandatory. */
        Builder maxReplicas(int replicas);

        /** Replaces what it looks at. */
        Builder metrics(Iterable<? extends ScalingMetric> metrics);

        /** Adds something it looks at. */
        Builder addMetric(ScalingMetric metric);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        HpaSpec build();
    }
}
