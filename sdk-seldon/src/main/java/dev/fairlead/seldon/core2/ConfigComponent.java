package dev.fairlead.seldon.core2;

import dev.fairlead.kubernetes.PodTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Is one component of a {@link SeldonConfig}: what its pods are. */
public interface ConfigComponent {
    /** Returns which one it is. */
    Component name();

    /** Returns its pods. */
    Optional<PodTemplate> pod();

    /** Returns how many run; 1 where it is not set. */
    OptionalInt replicas();

    /** Returns the volumes every pod gets for its own. */
    List<VolumeClaimTemplate> volumeClaimTemplates();

    /** Returns the fields we do not model, as they stand in the object. */
    Map<String, Object> additionalFields();

    /** Starts one. */
    static Builder builder() {
        return ImmutableConfigComponent.builder();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Builds one. Not thread-safe. */
    interface Builder {
        /** Sets which one it is; mandatory. */
        Builder name(Component name);

        /** Sets its pods. */
        Builder pod(PodTemplate pod);

        /** Sets up its pods; their main container is the one named {@code container}. */
        default Builder pod(String container, Consumer<PodTemplate.Builder> pod) {
            return pod(Pods.container(container, pod));
        }

        /** Sets how many run. */
        Builder replicas(int replicas);

        /** Replaces the volumes every pod gets for its own. */
        Builder volumeClaimTemplates(Iterable<? extends VolumeClaimTemplate> templates);

        /** Adds a volume every pod gets for its own. */
        Builder addVolumeClaimTemplate(VolumeClaimTemplate template);

        /** Replaces the fields we do not model. */
        Builder additionalFields(Map<String, ? extends Object> fields);

        /** Adds a field we do not model, as it stands in the object. */
        Builder putAdditionalField(String name, Object tree);

        /** Makes it, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ConfigComponent build();
    }
}
