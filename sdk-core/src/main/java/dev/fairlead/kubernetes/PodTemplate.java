package dev.fairlead.kubernetes;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Describes a pod: the one workload vocabulary of DAG tasks and model servers.
 *
 * <p>It is kept as a JSON tree, so that a field this SDK does not know is neither lost nor changed. The setters of the builder itself are
 * those of the main container; {@link Builder#container} sets up others.
 */
public interface PodTemplate {
    /** Returns the main container's name; {@code main} by default. */
    String mainContainer();

    /** Returns the main container's image. */
    Optional<String> image();

    /** Returns the main container's entry point; empty leaves it to the image. */
    List<String> command();

    /** Returns the main container's arguments. */
    List<String> args();

    /** Returns the main container's variables with plain values. */
    Map<String, String> env();

    /** Returns the main container's variables that come from Secrets. */
    Map<String, SecretRef> secretEnv();

    /** Returns the main container's resources. */
    Resources resources();

    /** Returns the pod's labels. */
    Map<String, String> labels();

    /** Returns the pod's annotations. */
    Map<String, String> annotations();

    /** Returns the labels a node must have. */
    Map<String, String> nodeSelector();

    /** Returns the pod's service account. */
    Optional<String> serviceAccount();

    /** Starts a pod with one container named {@code main}. */
    static Builder builder() {
        return new PodTemplateBuilder();
    }

    /** Starts a pod whose main container runs the image. */
    static Builder builder(String image) {
        return builder().image(image);
    }

    /**
     * Takes over a Pod, a pod template or a pod's spec, given as a tree; its first container is the main one.
     *
     * @throws dev.fairlead.error.InvalidValueException if it breaks a rule; all problems are named
     */
    static PodTemplate fromTree(Map<String, ?> tree) {
        return new PodTemplateBuilder(tree).build();
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default PodTemplate with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /**
     * Returns a copy whose spec was edited in fabric8's own types, for what this interface does not offer.
     *
     * @throws dev.fairlead.error.InvalidValueException if the result breaks a rule
     */
    PodTemplate customize(UnaryOperator<PodSpec> edit);

    /** Returns the template, {@code metadata} and {@code spec}; the caller may change the tree. */
    Map<String, Object> toTree();

    /** Returns the {@code spec} alone; the caller may change the tree. */
    Map<String, Object> specTree();

    /** Returns a whole Pod of this name, with {@code apiVersion} and {@code kind}; the caller may change the tree. */
    Map<String, Object> toPod(String name);

    /** Sets up a container beside the main one. Not thread-safe. */
    interface ContainerBuilder extends ContainerSettings<ContainerBuilder> {}

    /** Builds a pod. Not thread-safe. */
    interface Builder extends ContainerSettings<Builder> {
        /** Renames the main container. */
        Builder mainContainer(String name);

        /** Adds another container, or changes the one of this name. */
        Builder container(String name, Consumer<ContainerBuilder> changes);

        /** Adds a container that must end before the others start, or changes the one of this name. */
        Builder initContainer(String name, Consumer<ContainerBuilder> changes);

        /** Adds a volume without mounting it, or replaces the one of its name. */
        Builder addVolume(Volume volume);

        /** Replaces the labels. */
        Builder labels(Map<String, String> labels);

        /** Adds a label. */
        Builder putLabel(String key, String value);

        /** Replaces the annotations. */
        Builder annotations(Map<String, String> annotations);

        /** Adds an annotation. */
        Builder putAnnotation(String key, String value);

        /** Replaces the labels a node must have. */
        Builder nodeSelector(Map<String, String> labels);

        /** Adds a label that a node must have. */
        Builder putNodeSelector(String key, String value);

        /** Adds a toleration. */
        Builder addToleration(Toleration toleration);

        /** Sets the service account. */
        Builder serviceAccount(String name);

        /** Adds a Secret with which images are pulled. */
        Builder addImagePullSecret(String secret);

        /** Sets the RuntimeClass, such as {@code nvidia}. */
        Builder runtimeClass(String name);

        /** Sets the PriorityClass. */
        Builder priorityClass(String name);

        /** Sets the scheduler. */
        Builder schedulerName(String name);

        /** Sets what happens when a container ends: {@code Always}, {@code OnFailure} or {@code Never}. */
        Builder restartPolicy(String policy);

        /** Sets any other field of the pod's spec, given as it stands in a pod. */
        Builder specField(String name, Object tree);

        /**
         * Makes the pod.
         *
         * @throws dev.fairlead.error.InvalidValueException if it breaks a rule; all problems are named
         */
        PodTemplate build();
    }
}
