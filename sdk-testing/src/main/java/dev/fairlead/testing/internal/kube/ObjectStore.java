package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The objects, in one order of revisions, with the changes that led here. Thread-safe. Trees that leave it are copies. */
public final class ObjectStore {
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, KindInfo> kinds = new LinkedHashMap<>();
    private final Map<String, Map<String, Map<String, Object>>> objects = new LinkedHashMap<>();
    private final List<Change> history = new ArrayList<>();
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private long revision = 100;
    private long forgotten = 100;

    /** Creates a store with the standard kinds and the namespace {@code default}. */
    public ObjectStore(Clock clock) {
        this.clock = clock;
        KindInfo.standard().forEach(this::register);
        KindInfo namespace = kind("v1/namespaces").orElseThrow();
        for (String name : List.of("default", "kube-system")) {
            put(namespace, Tree.of("metadata", Tree.of("name", name)), null, false);
        }
    }

    Clock clock() {
        return clock;
    }

    /** Serves one more kind. */
    void register(KindInfo info) {
        lock.lock();
        try {
            kinds.put(info.key(), info);
            objects.computeIfAbsent(storage(info), key -> new TreeMap<>());
        } finally {
            lock.unlock();
        }
    }

    /** Versions of a kind share their objects. */
    private static String storage(KindInfo info) {
        return info.kind().group() + "/" + info.kind().plural();
    }

    Optional<KindInfo> kind(String key) {
        lock.lock();
        try {
            return Optional.ofNullable(kinds.get(key));
        } finally {
            lock.unlock();
        }
    }

    KindInfo kind(Kind kind) {
        KindInfo counted = new KindInfo(kind, true, true);
        return kind(counted.key()).orElseGet(() -> {
            register(counted);
            return counted;
        });
    }

    List<KindInfo> kinds() {
        lock.lock();
        try {
            return List.copyOf(kinds.values());
        } finally {
            lock.unlock();
        }
    }

    /** Does several things as one. */
    <T> T locked(java.util.function.Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static String key(KindInfo kind, String namespace, String name) {
        return (kind.kind().namespaced() ? namespace : "") + "/" + name;
    }

    private Map<String, Map<String, Object>> of(KindInfo kind) {
        return objects.computeIfAbsent(storage(kind), key -> new TreeMap<>());
    }

    Optional<Map<String, Object>> find(KindInfo kind, String namespace, String name) {
        return locked(() ->
                Optional.ofNullable(of(kind).get(key(kind, namespace, name))).map(Tree::copy));
    }

    /** What a listing saw. */
    record Listing(List<Map<String, Object>> items, long revision) {}

    Listing list(KindInfo kind, String namespace) {
        return locked(() -> {
            List<Map<String, Object>> items = new ArrayList<>();
            for (Map<String, Object> object : of(kind).values()) {
                if (namespace.isEmpty()
                        || !kind.kind().namespaced()
                        || namespace.equals(Tree.at(object, "metadata.namespace"))) {
                    items.add(Tree.copy(object));
                }
            }
            return new Listing(items, revision);
        });
    }

    /** Writes an object as it is; unchanged ones keep their revision. Returns what is there then. */
    Map<String, Object> put(
            KindInfo kind, Map<String, Object> object, @Nullable Map<String, Object> before, boolean dryRun) {
        return locked(() -> {
            Map<String, Object> made = Tree.copy(object);
            made.put("apiVersion", kind.kind().apiVersion());
            made.put("kind", kind.kind().kind());
            Map<String, Object> metadata = Tree.make(made, "metadata");
            if (before == null) {
                metadata.put("uid", UUID.randomUUID().toString());
                metadata.put(
                        "creationTimestamp",
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            } else if (Tree.same(before, made)) {
                return Tree.copy(before);
            }
            count(kind, made, before);
            if (dryRun) {
                return made;
            }
            if (metadata.containsKey("deletionTimestamp") && noFinalizers(metadata)) {
                return remove(kind, made);
            }
            metadata.put("resourceVersion", String.valueOf(++revision));
            of(kind).put(key(kind, Tree.text(metadata, "namespace"), Tree.text(metadata, "name")), made);
            record(new Change(before == null ? "ADDED" : "MODIFIED", kind, Tree.copy(made), before, revision));
            return Tree.copy(made);
        });
    }

    private static boolean noFinalizers(Map<String, Object> metadata) {
        return !(metadata.get("finalizers") instanceof List<?> list) || list.isEmpty();
    }

    /** Counts changes of anything but metadata and status. */
    private static void count(KindInfo kind, Map<String, Object> made, @Nullable Map<String, Object> before) {
        if (!kind.generation()) {
            return;
        }
        Map<String, Object> metadata = Tree.make(made, "metadata");
        if (before == null) {
            metadata.put("generation", 1L);
            return;
        }
        Map<String, Object> old = Tree.copy(before);
        Map<String, Object> now = Tree.copy(made);
        old.keySet().removeAll(List.of("metadata", "status"));
        now.keySet().removeAll(List.of("metadata", "status"));
        long generation = ((Number) Tree.map(before, "metadata").getOrDefault("generation", 1L)).longValue();
        metadata.put("generation", Tree.same(old, now) ? generation : generation + 1);
    }

    /** Deletes an object, or marks it while finalizers hold it. Returns what is left of it or was there. */
    Map<String, Object> delete(KindInfo kind, Map<String, Object> object) {
        return locked(() -> {
            Map<String, Object> metadata = Tree.map(object, "metadata");
            if (!noFinalizers(metadata)) {
                if (metadata.containsKey("deletionTimestamp")) {
                    return object;
                }
                Map<String, Object> marked = Tree.copy(object);
                Tree.make(marked, "metadata")
                        .put(
                                "deletionTimestamp",
                                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
                return put(kind, marked, object, false);
            }
            Map<String, Object> gone = remove(kind, object);
            if (kind.kind().equals(Kind.NAMESPACE)) {
                empty(Tree.text(metadata, "name"));
            }
            return gone;
        });
    }

    private Map<String, Object> remove(KindInfo kind, Map<String, Object> object) {
        Map<String, Object> gone = Tree.copy(object);
        Map<String, Object> metadata = Tree.make(gone, "metadata");
        of(kind).remove(key(kind, Tree.text(metadata, "namespace"), Tree.text(metadata, "name")));
        metadata.put("resourceVersion", String.valueOf(++revision));
        record(new Change("DELETED", kind, gone, object, revision));
        collect(Tree.text(metadata, "uid"));
        return gone;
    }

    private void empty(String namespace) {
        for (KindInfo kind : List.copyOf(kinds.values())) {
            if (kind.kind().namespaced()) {
                list(kind, namespace).items().forEach(object -> remove(kind, object));
            }
        }
    }

    /** Removes what a removed object owned, as the garbage collector does. */
    private void collect(String uid) {
        for (KindInfo kind : List.copyOf(kinds.values())) {
            List<Map<String, Object>> owned = of(kind).values().stream()
                    .filter(object -> isOwned(object, uid))
                    .toList();
            for (Map<String, Object> object : owned) {
                if (find(kind, Tree.at(object, "metadata.namespace"), Tree.at(object, "metadata.name"))
                        .isPresent()) {
                    delete(kind, object);
                }
            }
        }
    }

    private static boolean isOwned(Map<String, Object> object, String uid) {
        return Tree.map(object, "metadata").get("ownerReferences") instanceof List<?> owners
                && owners.stream().anyMatch(o -> o instanceof Map<?, ?> m && uid.equals(m.get("uid")));
    }

    private void record(Change change) {
        history.add(change);
        changed.signalAll();
        listeners.forEach(listener -> listener.accept(change));
    }

    void listen(Consumer<Change> listener) {
        locked(() -> listeners.add(listener));
    }

    void unlisten(Consumer<Change> listener) {
        locked(() -> listeners.remove(listener));
    }

    /** Forgets the changes so far, as compaction does: watches and listings that go back before them are told so. */
    void forget() {
        locked(() -> {
            history.clear();
            forgotten = revision;
            changed.signalAll();
            return revision;
        });
    }

    long revision() {
        return locked(() -> revision);
    }

    long forgotten() {
        return locked(() -> forgotten);
    }

    /** Waits for changes after a revision; empty when none came in time. */
    List<Change> after(long version, long waitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (revision <= version && left > 0) {
                left = changed.awaitNanos(left);
            }
            int from = history.size(); // the newest are at the end, and few are wanted
            while (from > 0 && history.get(from - 1).version() > version) {
                from--;
            }
            return List.copyOf(history.subList(from, history.size()));
        } finally {
            lock.unlock();
        }
    }
}
