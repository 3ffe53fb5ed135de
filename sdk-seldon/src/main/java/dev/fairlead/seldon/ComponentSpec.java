package dev.fairlead.seldon;

import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.spi.ValueBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Is one pod of a predictor: containers named like the graph's nodes. A node with a prepackaged server needs a container only to say more of
 * it, such as its GPU; it may go without an image.
 */
public interface ComponentSpec {
    /** Returns the pod; empty where it names no container. */
    Optional<PodTemplate> pod();

    /** Returns how many of it run; empty leaves it to the predictor. */
    OptionalInt replicas();

    /** Returns Kubernetes' autoscaler of it. */
    Optional<HpaSpec> hpa();

    /** Returns KEDA's autoscaler of it. */
    Optional<KedaSpec> keda();

    /** Returns how many pods may be evicted at once. */
    Optional<PdbSpec> pdb();

    /** Tells whether an autoscaler decides how many of it run. */
    default boolean isScaled() {
        return hpa().isPresent() || keda().isPresent();
    }

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts one. */
    static Builder builder() {
        return ImmutableComponentSpec.builder();
    }

    /** Makes one of a pod. */
    static ComponentSpec of(PodTemplate pod) {
        return builder().pod(pod).build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds one. Not thread-safe. */
    interface Builder {
        /** Sets the pod. */
        Builder pod(PodTemplate pod);

        /** Sets up the pod; its main container is the one named {@code container}. */
        default Builder pod(String container, Consumer<PodTemplate.Builder> pod) {
            PodTemplate.Builder builder = PodTemplate.builder().mainContainer(container);
            pod.accept(builder);
            return pod(ValueBuilder.<PodTemplate>partOf(builder));
        }

        /** Sets how many of it run. */
        Builder replicas(int replicas);

        /** Lets Kubernetes' autoscaler decide how many of it run. */
        Builder hpa(HpaSpec hpa);

        /** Lets Kubernetes' autoscaler decide how many of it run. */
        default Builder hpa(Consumer<HpaSpec.Builder> hpa) {
            HpaSpec.Builder builder = HpaSpec.builder();
            hpa.accept(builder);
            return hpa(ValueBuilder.<HpaSpec>partOf(builder));
        }

        /** Lets KEDA decide how many of it run. */
        Builder keda(KedaSpec keda);

        /** Lets KEDA decide how many of it run. */
        default Builder keda(Consumer<KedaSpec.Builder> keda) {
            KedaSpec.Builder builder = KedaSpec.builder();
            keda.accept(builder);
            return keda(ValueBuilder.<KedaSpec>partOf(builder));
        }

        /** Bounds how many pods may be evicted at once. */
        Builder pdb(PdbSpec pdb);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ComponentSpec build();
    }
}
