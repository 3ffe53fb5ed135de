package dev.fairlead.kubernetes;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.internal.kube.ClusterObjects;
import java.util.Map;

/**
 * Applies objects to the platform's cluster, shows beforehand what that would change, and waits for pods with the reason why they do not
 * start. Objects are trees, as {@link PodTemplate#toPod} makes them. Immutable and thread-safe.
 */
public interface KubernetesObjects {
    /**
     * Takes the platform's cluster; opens no connection.
     *
     * @throws dev.fairlead.error.ConfigurationException if no cluster is configured
     */
    static KubernetesObjects of(MlPlatform platform) {
        return ClusterObjects.of(platform);
    }

    /** Returns a view that owns what it applies under another name; {@code fairlead} by default. */
    KubernetesObjects fieldManager(String name);

    /** Returns a view that takes fields over from others, instead of refusing. */
    KubernetesObjects forced();

    /**
     * Applies an object on the server's side: creates it, or makes the fields given be so and drops those that we applied before and do not
     * any more. Repeating it does no harm.
     *
     * @param object an object with {@code apiVersion}, {@code kind} and {@code metadata.name}; without a namespace, the platform's is meant
     * @return the object as it is then
     * @throws FieldConflictException if fields belong to others; nothing was changed
     * @throws dev.fairlead.error.UnsupportedByServerException if the cluster does not know the kind
     */
    Map<String, Object> apply(Map<String, ?> object);

    /** Shows what {@link #apply} would change, as the server itself sees it; writes nothing. Throws what {@code apply} would. */
    ApplyPlan plan(Map<String, ?> object);

    /**
     * Follows a pod until it is ready or has succeeded. A reason that waiting does not cure, such as {@code ImagePullBackOff}, ends it at
     * once with an {@link dev.fairlead.error.OperationFailedException}; others, such as {@code Unschedulable}, are told as progress.
     *
     * @param namespace the pod's namespace
     * @param name its name
     * @return an operation whose id is {@code namespace/name}; cancelling it deletes the pod
     */
    Operation<PodStatus> pod(String namespace, String name);

    /** Takes up the operation of an id again, as {@link #pod} made it. */
    Operation<PodStatus> operation(String id);
}
