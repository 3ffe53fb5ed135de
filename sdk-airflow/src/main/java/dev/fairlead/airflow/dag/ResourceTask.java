package dev.fairlead.airflow.dag;

import dev.fairlead.kubernetes.PodTemplate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Is a task that makes or deletes any object of the cluster (Airflow's {@code KubernetesCreateResourceOperator} and
 * {@code KubernetesDeleteResourceOperator}; the workers need the provider {@code cncf.kubernetes}). It does not wait for what becomes of it.
 */
public sealed interface ResourceTask extends Task permits ResourceTaskValue {
    /** Returns whether the object is made or deleted; made by default. */
    ResourceAction action();

    /** Returns the object: texts, {@link Expression}s, numbers, booleans, and lists and maps of them. */
    Map<String, Object> object();

    /** Returns the namespace of an object that names none; empty leaves it to Airflow's connection. */
    Optional<String> namespace();

    /** Returns whether an object of a custom kind stands in no namespace; false by default. */
    boolean clusterWide();

    /** Returns Airflow's connection to the cluster; empty means {@code kubernetes_default}. */
    Optional<String> connection();

    /** Starts a task. */
    static Builder builder(String id) {
        return ImmutableResourceTask.builder().id(id).origin(Origin.here());
    }

    /** Starts a task that makes an object. */
    static Builder create(String id, Map<String, ?> object) {
        return builder(id).object(Objects.requireNonNull(object));
    }

    /** Starts a task that deletes an object; only its kind, name and namespace count. */
    static Builder delete(String id, Map<String, ?> object) {
        return create(id, object).action(ResourceAction.DELETE);
    }

    /**
     * Starts a task that makes a {@code RayJob} (KubeRay): a Ray cluster that runs a program and is taken away after it.
     *
     * @param name the job's name
     * @param entrypoint the command that Ray runs
     * @param head the pod of the cluster's head
     * @param worker the pod of a worker
     * @param workers how many workers, at least 1
     */
    static Builder rayJob(
            String id, Expression name, Expression entrypoint, PodTemplate head, PodTemplate worker, int workers) {
        return create(id, RayJobs.tree(name, entrypoint, head, worker, workers));
    }

    /** Starts a copy. */
    Builder toBuilder();

    /** Returns a copy with changes. */
    default ResourceTask with(Consumer<Builder> changes) {
        Builder builder = toBuilder();
        changes.accept(builder);
        return builder.build();
    }

    /** Builds a task. Not thread-safe. */
    interface Builder extends Task.Builder<Builder> {
        /** Sets the id. */
        Builder id(String id);

        /** Sets whether the object is made or deleted. */
        Builder action(ResourceAction action);

        /** Replaces the object; it must name its {@code apiVersion}, {@code kind} and {@code metadata.name}. */
        Builder object(Map<String, ? extends Object> object);

        /** Adds a field of the object. */
        Builder putObject(String name, Object value);

        /** Sets the namespace of an object that names none. */
        Builder namespace(String namespace);

        /** Sets whether an object of a custom kind stands in no namespace. */
        Builder clusterWide(boolean clusterWide);

        /** Sets Airflow's connection to the cluster, by its id. */
        Builder connection(String connection);

        /** Makes the task, or throws {@link dev.fairlead.error.InvalidValueException}. */
        ResourceTask build();
    }
}
