package dev.fairlead.spi;

import dev.fairlead.PagedIterable;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.kubernetes.ApplyPlan;
import java.io.Closeable;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the Kubernetes API in JSON trees, on the same straight line as every other call. Thread-safe.
 *
 * <p>A tree is what {@link JsonCodec#object} reads: unknown fields stay in it.
 */
public interface KubeAccess {
    /** Returns the namespace of the settings, the kubeconfig's context or the pod; {@code default} when none names one. */
    String namespace();

    /** Returns the API server's address. */
    URI server();

    /** Returns the API server's version, such as {@code v1.36.3}. */
    String version();

    /**
     * Finds how the server serves a kind, by the names that stand in objects.
     *
     * @throws dev.fairlead.error.UnsupportedByServerException if it does not
     */
    Kind kind(String apiVersion, String kind);

    /** Reads one object, or throws {@link dev.fairlead.error.NotFoundException}. */
    Map<String, Object> get(Kind kind, String namespace, String name);

    /** Reads one object, if it exists. */
    Optional<Map<String, Object>> find(Kind kind, String namespace, String name);

    /** Lists objects, by label selector where one is given; an empty namespace means all. */
    PagedIterable<Map<String, Object>> list(Kind kind, String namespace, @Nullable String labelSelector);

    /** Applies an object on the server's side; see {@link Apply}. */
    Map<String, Object> apply(Kind kind, Map<String, Object> object, Apply options);

    /** Shows what {@link #apply} would change, as the server itself sees it; writes nothing. Throws what {@code apply} would. */
    ApplyPlan plan(Kind kind, Map<String, Object> object, Apply options);

    /** Creates an object by its fixed name; a lost answer is reconciled by the uid annotation we set. */
    Map<String, Object> create(Kind kind, Map<String, Object> object);

    /** Changes fields of an object by JSON merge patch; an empty subresource means the object itself. */
    Map<String, Object> mergePatch(
            Kind kind, String namespace, String name, Map<String, Object> patch, String subresource);

    /** Deletes an object; what it owns goes afterwards. Returns whether it was there. */
    default boolean delete(Kind kind, String namespace, String name) {
        return delete(kind, namespace, name, Delete.BACKGROUND);
    }

    /**
     * Deletes an object; returns whether it was there.
     *
     * @throws dev.fairlead.error.ConflictException if it is not the one that {@code how} names
     */
    boolean delete(Kind kind, String namespace, String name, Delete how);

    /**
     * Watches until an event satisfies the condition: reads the present state first, resumes where the watch breaks, relists on 410.
     *
     * @param condition is given each object, or {@code null} when it is deleted or absent
     * @return whether the condition held before the deadline
     */
    boolean watch(
            Kind kind,
            String namespace,
            String name,
            Predicate<@Nullable Map<String, Object>> condition,
            Deadline deadline);

    /**
     * Follows all objects of a kind: they are listed once and then watched. All who want the same share one watch, which ends a moment after the
     * last has closed its view. It resumes where the stream breaks, relists on 410, and waits for a server that cannot be reached.
     *
     * @param namespace empty for all
     * @param labelSelector which of them; {@code null} for all
     * @param listener is told of what is there, and then of each change
     */
    View view(Kind kind, String namespace, @Nullable String labelSelector, View.Listener listener);

    /** Reads the last lines of a container's log; empty where the kubelet has none yet. */
    String logs(String namespace, String pod, @Nullable String container, int tailLines);

    /** Follows a container's log; the caller closes the stream. */
    InputStream followLogs(String namespace, String pod, @Nullable String container);

    /** Forwards a free local port to a pod's port until closed. */
    PortForward portForward(String namespace, String pod, int port);

    /** Lists the events about an object, newest last. */
    List<Map<String, Object>> events(String namespace, String kind, String name);

    /** What a kind's objects are as far as its watch has come. Thread-safe. Trees must not be changed; they come without managed fields. */
    interface View extends AutoCloseable {
        /** Tells whether the objects have been listed. */
        boolean isListed();

        /**
         * Tells whether the watch has come as far as a {@code resourceVersion} that the server answered for an object of this kind, so that what
         * is seen here is not older.
         */
        boolean hasReached(String resourceVersion);

        /** Returns an object, if it is there. */
        Optional<Map<String, Object>> find(String namespace, String name);

        /** Returns the objects whose label has a value. */
        List<Map<String, Object>> labelled(String label, String value);

        /** Returns what keeps the watch from going on; where it is not retryable, the watch has ended. */
        Optional<MlPlatformException> trouble();

        /** Stops following. */
        @Override
        void close();

        /** Is told in order, one at a time, from the thread of the watch or the one that opens the view; must be quick and must not throw. */
        interface Listener {
            /**
             * Is told of an object.
             *
             * @param before what was told of it before; {@code null} where nothing was
             * @param now what it is; {@code null} when it is gone
             */
            void changed(@Nullable Map<String, Object> before, @Nullable Map<String, Object> now);

            /** Is told that all there is has been told, and that the watch cannot go on or can again; see {@link View#trouble}. */
            default void stateChanged() {}
        }
    }

    /** A forwarded port. */
    interface PortForward extends Closeable {
        /** Returns the local address, {@code http://127.0.0.1:port}. */
        URI uri();

        /** Stops forwarding. */
        @Override
        void close();
    }

    /**
     * Names a kind of object.
     *
     * @param group the API group, empty for the core group
     * @param version the version
     * @param plural the name in paths
     * @param kind the name in objects
     * @param namespaced whether its objects live in namespaces
     */
    record Kind(String group, String version, String plural, String kind, boolean namespaced) {
        /** Pods. */
        public static final Kind POD = new Kind("", "v1", "pods", "Pod", true);
        /** Services. */
        public static final Kind SERVICE = new Kind("", "v1", "services", "Service", true);
        /** ConfigMaps. */
        public static final Kind CONFIG_MAP = new Kind("", "v1", "configmaps", "ConfigMap", true);
        /** Events. */
        public static final Kind EVENT = new Kind("", "v1", "events", "Event", true);
        /** Nodes. */
        public static final Kind NODE = new Kind("", "v1", "nodes", "Node", false);
        /** Namespaces. */
        public static final Kind NAMESPACE = new Kind("", "v1", "namespaces", "Namespace", false);
        /** Deployments. */
        public static final Kind DEPLOYMENT = new Kind("apps", "v1", "deployments", "Deployment", true);
        /** ReplicaSets. */
        public static final Kind REPLICA_SET = new Kind("apps", "v1", "replicasets", "ReplicaSet", true);

        /** Returns {@code group/version}, or the version alone for the core group. */
        public String apiVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }
    }

    /**
     * Says how an object is applied.
     *
     * @param fieldManager the name under which our fields are owned
     * @param force whether to take fields that others own; they are named in a
     *     {@link dev.fairlead.kubernetes.FieldConflictException} otherwise
     * @param dryRun whether the server only checks and answers what would be
     */
    record Apply(String fieldManager, boolean force, boolean dryRun) {
        /** Applies as {@code fairlead}, takes nothing from others. */
        public static final Apply DEFAULT = new Apply("fairlead", false, false);

        /** Returns the same, only checked. */
        public Apply asDryRun() {
            return new Apply(fieldManager, force, true);
        }

        /** Returns the same, taking fields that others own. */
        public Apply forced() {
            return new Apply(fieldManager, true, dryRun);
        }
    }

    /**
     * Says how an object is deleted.
     *
     * @param propagation {@code Background} lets what it owns go afterwards, {@code Foreground} before it
     * @param uid only the object with this {@code uid}; {@code null} for any
     * @param resourceVersion only as long as it is at this version; {@code null} for any
     */
    record Delete(
            String propagation,
            @Nullable String uid,
            @Nullable String resourceVersion) {
        /** Lets what it owns go afterwards. */
        public static final Delete BACKGROUND = new Delete("Background", null, null);

        /** Lets what it owns go first: the object is there until nothing of it is left. */
        public static final Delete FOREGROUND = new Delete("Foreground", null, null);

        /** Returns the same, for exactly this state of an object. */
        public Delete only(String itsUid, String itsVersion) {
            return new Delete(propagation, itsUid, itsVersion);
        }
    }

    /** How long a watch is asked to last before it is renewed. */
    Duration WATCH_RENEWAL = Duration.ofMinutes(5);
}
