package dev.fairlead.testing.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Holds the objects of a {@link FakeKube}, for tests and for controllers that play a part of the cluster. Thread-safe. Objects are JSON
 * trees, and copies: changing one changes nothing in the store.
 */
public interface KubeStore {
    /** Finds an object; the namespace is empty for kinds without one. */
    Optional<Map<String, Object>> find(Kind kind, String namespace, String name);

    /** Returns the objects of a kind; an empty namespace means all. */
    List<Map<String, Object>> list(Kind kind, String namespace);

    /** Creates an object or replaces its fields, as the field manager {@code fake-controller}; its status is kept. Returns what is stored. */
    Map<String, Object> upsert(Kind kind, Map<String, Object> object);

    /** Replaces the status of an object that is there. Returns what is stored; empty if it is not there any more. */
    Optional<Map<String, Object>> upsertStatus(Kind kind, String namespace, String name, Map<String, Object> status);

    /** Deletes an object; returns whether it was there. */
    boolean delete(Kind kind, String namespace, String name);

    /**
     * Tells a listener of every change of a kind, in order, on one thread of the fake's own. The listener may write.
     *
     * @return closes the listening
     */
    AutoCloseable onChange(Kind kind, Consumer<Change> listener);

    /**
     * Checks every write of a kind before it is stored, as an admission webhook does.
     *
     * @param check returns why the object is denied, or empty to let it pass
     */
    void onAdmission(Kind kind, Function<Map<String, Object>, Optional<Denial>> check);

    /** Serves one more kind; it has a status subresource. A created CustomResourceDefinition does the same. */
    void addKind(Kind kind);

    /**
     * Records an event about an object.
     *
     * @param type {@code Normal} or {@code Warning}
     */
    void event(String namespace, String kind, String name, String type, String reason, String message);

    /** Appends text to the log of a pod's container. */
    void podLog(String namespace, String pod, String container, String text);

    /** Forgets all changes so far, as the real server does after some minutes: older watches are told 410. */
    void forgetHistory();

    /**
     * Tells of one change.
     *
     * @param type {@code ADDED}, {@code MODIFIED} or {@code DELETED}
     * @param object the object after it, or as it was when deleted
     */
    record Change(String type, Map<String, Object> object) {
        /** Returns the object's name. */
        public String name() {
            return object.get("metadata") instanceof Map<?, ?> metadata ? String.valueOf(metadata.get("name")) : "";
        }

        /** Returns the object's namespace; empty without one. */
        public String namespace() {
            Object namespace = object.get("metadata") instanceof Map<?, ?> metadata ? metadata.get("namespace") : null;
            return namespace == null ? "" : String.valueOf(namespace);
        }
    }

    /**
     * Says why an object is denied.
     *
     * @param code the HTTP status, mostly 403 or 422
     * @param reason the machine-readable reason, such as {@code Forbidden} or {@code Invalid}
     * @param message the message, such as {@code admission webhook "v.seldon.io" denied the request: …}
     */
    record Denial(int code, String reason, String message) {}
}
