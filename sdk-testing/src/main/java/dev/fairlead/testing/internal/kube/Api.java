package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the API server does with one object: reads, writes, checks, in its own words. */
public final class Api {
    private static final String NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    private final ObjectStore store;
    private final List<Admission> admissions = new CopyOnWriteArrayList<>();

    Api(ObjectStore store) {
        this.store = store;
    }

    /** Looks at an object before it is stored, and may throw a {@link Refusal}. */
    @FunctionalInterface
    public interface Admission {
        /** Lets the object pass, or throws. */
        void admit(Kind kind, Map<String, Object> object);
    }

    void admit(Admission admission) {
        admissions.add(admission);
    }

    /**
     * Names the object of a request.
     *
     * @param kind its kind
     * @param namespace its namespace, or empty
     * @param name its name, or empty for the collection
     * @param subresource such as {@code status}, or empty
     */
    record Target(KindInfo kind, String namespace, String name, String subresource) {}

    /**
     * Says how a write is made.
     *
     * @param manager the field manager
     * @param force whether conflicts are overridden
     * @param dryRun whether nothing is stored
     */
    record How(String manager, boolean force, boolean dryRun) {}

    Map<String, Object> get(Target target) {
        return store.find(target.kind(), target.namespace(), target.name())
                .orElseThrow(() -> Refusal.notFound(target.kind(), target.name()));
    }

    Map<String, Object> create(Target target, Map<String, Object> given, How how) {
        return store.locked(() -> {
            Map<String, Object> object = prepared(target, given);
            Map<String, Object> metadata = Tree.make(object, "metadata");
            String name = Tree.text(metadata, "name");
            if (name.isEmpty() && !Tree.text(metadata, "generateName").isEmpty()) {
                name = Tree.text(metadata, "generateName") + suffix();
                metadata.put("name", name);
            }
            checkName(target.kind(), name);
            checkNamespace(target);
            if (!Tree.text(metadata, "resourceVersion").isEmpty()) {
                throw Refusal.bad("resourceVersion should not be set on objects to be created");
            }
            if (store.find(target.kind(), target.namespace(), name).isPresent()) {
                throw Refusal.exists(target.kind(), name);
            }
            begin(target.kind(), object);
            admitAll(target.kind(), object);
            new Ownership(target.kind(), store.clock().instant()).update(Map.of(), object, how.manager(), "");
            return stored(target.kind(), object, null, how.dryRun());
        });
    }

    private Map<String, Object> stored(
            KindInfo kind, Map<String, Object> object, @Nullable Map<String, Object> before, boolean dryRun) {
        Map<String, Object> made = store.put(kind, object, before, dryRun);
        if (!dryRun && kind.kind().plural().equals("customresourcedefinitions")) {
            Definitions.register(made, store);
        }
        return made;
    }

    /** A status is not taken at creation, and a pod begins pending. */
    private static void begin(KindInfo kind, Map<String, Object> object) {
        if (kind.status()) {
            object.remove("status");
        }
        if (kind.kind().equals(Kind.POD)) {
            object.put("status", Tree.of("phase", "Pending", "qosClass", "BestEffort"));
        } else if (kind.kind().equals(Kind.NAMESPACE)) {
            object.put("status", Tree.of("phase", "Active"));
        } else if (kind.kind().plural().equals("customresourcedefinitions")) {
            object.put("status", Tree.of("conditions", List.of(Tree.of("type", "Established", "status", "True"))));
        }
    }

    private Map<String, Object> prepared(Target target, Map<String, Object> given) {
        Map<String, Object> object = Tree.copy(given);
        Kind kind = target.kind().kind();
        String type = Tree.text(object, "kind");
        String version = Tree.text(object, "apiVersion");
        if ((!type.isEmpty() && !type.equals(kind.kind()))
                || (!version.isEmpty() && !version.equals(kind.apiVersion()))) {
            throw Refusal.bad(kind.kind() + " in version \"" + kind.version() + "\" cannot be handled as a " + type
                    + " of " + version);
        }
        Map<String, Object> metadata = Tree.make(object, "metadata");
        if (kind.namespaced()) {
            String namespace = Tree.text(metadata, "namespace");
            if (!namespace.isEmpty() && !namespace.equals(target.namespace())) {
                throw Refusal.bad(
                        "the namespace of the provided object does not match the namespace sent on the request");
            }
            metadata.put("namespace", target.namespace());
        }
        String name = Tree.text(metadata, "name");
        if (!target.name().isEmpty() && !name.isEmpty() && !name.equals(target.name())) {
            throw Refusal.bad(
                    "the name of the object (" + name + ") does not match the name on the URL (" + target.name() + ")");
        }
        if (!target.name().isEmpty()) {
            metadata.put("name", target.name());
        }
        return object;
    }

    private static void checkName(KindInfo kind, String name) {
        if (name.isEmpty()) {
            throw Refusal.invalid(kind, "", "metadata.name", "Required value: name or generateName is required");
        }
        boolean label = List.of("namespaces", "services").contains(kind.kind().plural());
        boolean sound = label
                ? name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?") && name.length() <= 63
                : name.matches(NAME) && name.length() <= 253;
        if (!sound) {
            throw Refusal.invalid(
                    kind,
                    name,
                    "metadata.name",
                    "Invalid value: \"" + name
                            + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
                            + "'-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for "
                            + "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        }
    }

    private void checkNamespace(Target target) {
        KindInfo namespaces = store.kind("v1/namespaces").orElseThrow();
        if (target.kind().kind().namespaced()
                && store.find(namespaces, "", target.namespace()).isEmpty()) {
            throw Refusal.notFound(namespaces, target.namespace());
        }
    }

    private void admitAll(KindInfo kind, Map<String, Object> object) {
        admissions.forEach(admission -> admission.admit(kind.kind(), Tree.copy(object)));
    }

    private static String suffix() {
        String alphabet = "bcdfghjklmnpqrstvwxz2456789";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            text.append(alphabet.charAt(ThreadLocalRandom.current().nextInt(alphabet.length())));
        }
        return text.toString();
    }

    Map<String, Object> apply(Target target, Map<String, Object> given, How how) {
        return store.locked(() -> {
            if (Tree.text(given, "apiVersion").isEmpty()
                    || Tree.text(given, "kind").isEmpty()) {
                throw Refusal.bad("invalid object type: /, Kind=");
            }
            if (Tree.map(given, "metadata").containsKey("managedFields")) {
                throw Refusal.bad("metadata.managedFields must be nil");
            }
            Map<String, Object> object = prepared(target, given);
            checkName(target.kind(), target.name());
            checkNamespace(target);
            Map<String, Object> live =
                    store.find(target.kind(), target.namespace(), target.name()).orElse(null);
            checkVersion(target, object, live);
            Ownership ownership = new Ownership(target.kind(), store.clock().instant());
            if (live == null) {
                object = ownership.apply(Map.of(), withoutStatus(target, object), how.manager(), true);
                begin(target.kind(), object);
                admitAll(target.kind(), object);
                return stored(target.kind(), object, null, how.dryRun());
            }
            Map<String, Object> merged =
                    ownership.apply(live, withoutStatus(target, object), how.manager(), how.force());
            keepIdentity(merged, live);
            admitAll(target.kind(), merged);
            return stored(target.kind(), merged, live, how.dryRun());
        });
    }

    private static Map<String, Object> withoutStatus(Target target, Map<String, Object> object) {
        if (target.kind().status() && target.subresource().isEmpty()) {
            object.remove("status");
        }
        return object;
    }

    private static void keepIdentity(Map<String, Object> written, Map<String, Object> live) {
        Map<String, Object> metadata = Tree.make(written, "metadata");
        Map<String, Object> old = Tree.map(live, "metadata");
        for (String field : List.of("uid", "creationTimestamp", "resourceVersion", "generation", "deletionTimestamp")) {
            if (old.containsKey(field)) {
                metadata.put(field, old.get(field));
            } else {
                metadata.remove(field);
            }
        }
    }

    private static void checkVersion(Target target, Map<String, Object> object, @Nullable Map<String, Object> live) {
        String version = Tree.at(object, "metadata.resourceVersion");
        String uid = Tree.at(object, "metadata.uid");
        if (live == null) {
            if (!version.isEmpty() || !uid.isEmpty()) {
                throw Refusal.modified(target.kind(), target.name());
            }
            return;
        }
        if (!version.isEmpty() && !version.equals(Tree.at(live, "metadata.resourceVersion"))) {
            throw Refusal.modified(target.kind(), target.name());
        }
        if (!uid.isEmpty() && !uid.equals(Tree.at(live, "metadata.uid"))) {
            throw Refusal.precondition(
                    target.kind(),
                    target.name(),
                    "UID in precondition: " + uid + ", UID in object meta: " + Tree.at(live, "metadata.uid"));
        }
    }

    Map<String, Object> replace(Target target, Map<String, Object> given, How how) {
        return store.locked(() -> {
            Map<String, Object> live = get(target);
            return write(target, prepared(target, given), live, how);
        });
    }

    Map<String, Object> mergePatch(Target target, Map<String, Object> patch, How how) {
        return store.locked(() -> {
            Map<String, Object> live = get(target);
            checkVersion(target, patch, live);
            Map<String, Object> patched = Tree.copy(live);
            Tree.mergePatch(patched, patch);
            return write(target, prepared(target, patched), live, how);
        });
    }

    private Map<String, Object> write(Target target, Map<String, Object> wanted, Map<String, Object> live, How how) {
        checkVersion(target, wanted, live);
        Map<String, Object> written;
        if (target.subresource().equals("status")) {
            written = Tree.copy(live);
            Optional.ofNullable(wanted.get("status"))
                    .ifPresentOrElse(s -> written.put("status", s), () -> written.remove("status"));
        } else {
            written = Tree.copy(wanted);
            if (target.kind().status()) {
                Optional.ofNullable(live.get("status"))
                        .ifPresentOrElse(s -> written.put("status", s), () -> written.remove("status"));
            }
        }
        keepIdentity(written, live);
        new Ownership(target.kind(), store.clock().instant())
                .update(live, written, how.manager(), target.subresource());
        if (target.subresource().isEmpty()) {
            admitAll(target.kind(), written);
        }
        return stored(target.kind(), written, live, how.dryRun());
    }

    Map<String, Object> delete(Target target, Map<String, Object> options, boolean dryRun) {
        return store.locked(() -> {
            Map<String, Object> live = get(target);
            Map<String, Object> preconditions = Tree.map(options, "preconditions");
            String uid = Tree.text(preconditions, "uid");
            if (!uid.isEmpty() && !uid.equals(Tree.at(live, "metadata.uid"))) {
                throw Refusal.precondition(
                        target.kind(),
                        target.name(),
                        "UID in precondition: " + uid + ", UID in object meta: " + Tree.at(live, "metadata.uid"));
            }
            String version = Tree.text(preconditions, "resourceVersion");
            if (!version.isEmpty() && !version.equals(Tree.at(live, "metadata.resourceVersion"))) {
                throw Refusal.precondition(
                        target.kind(),
                        target.name(),
                        "ResourceVersion in precondition: " + version + ", ResourceVersion in object meta: "
                                + Tree.at(live, "metadata.resourceVersion"));
            }
            Map<String, Object> left = dryRun ? live : store.delete(target.kind(), live);
            boolean held =
                    store.find(target.kind(), target.namespace(), target.name()).isPresent() && !dryRun;
            if (held || target.kind().kind().equals(Kind.POD)) {
                return left;
            }
            Map<String, Object> details = Tree.of(
                    "name", target.name(), "kind", target.kind().kind().plural(), "uid", Tree.at(live, "metadata.uid"));
            if (!target.kind().kind().group().isEmpty()) {
                details.put("group", target.kind().kind().group());
            }
            return Tree.of(
                    "kind",
                    "Status",
                    "apiVersion",
                    "v1",
                    "metadata",
                    Map.of(),
                    "status",
                    "Success",
                    "details",
                    details);
        });
    }

    /** Lists, in pages where a limit is given. */
    Map<String, Object> list(Target target, Query query) {
        List<Map<String, Object>> all = new ArrayList<>();
        ObjectStore.Listing listing = store.list(target.kind(), target.namespace());
        for (Map<String, Object> object : listing.items()) {
            if (query.selects(object)) {
                Map<String, Object> item = Tree.copy(object);
                item.keySet().removeAll(List.of("apiVersion", "kind"));
                all.add(item);
            }
        }
        return Page.of(target.kind(), all, listing.revision(), query, store.forgotten());
    }
}
