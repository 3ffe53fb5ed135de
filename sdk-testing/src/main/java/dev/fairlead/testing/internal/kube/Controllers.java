package dev.fairlead.testing.internal.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.testing.internal.kube.Api.How;
import dev.fairlead.testing.internal.kube.Api.Target;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the fake lets tests and controllers do with its objects. */
public final class Controllers {
    private static final How HOW = new How("fake-controller", true, false);

    private final FakeApiServer server;
    private final ObjectStore store;
    private final ExecutorService teller = Executors.newSingleThreadExecutor(MiniHttp::thread);

    /** Creates them on a server. */
    public Controllers(FakeApiServer server) {
        this.server = server;
        this.store = server.store();
    }

    /** Says why an object is denied. */
    public record Denied(int code, String reason, String message) {}

    private Target target(Kind kind, String namespace, String name, String subresource) {
        return new Target(store.kind(kind), kind.namespaced() ? namespace : "", name, subresource);
    }

    /** Finds an object. */
    public Optional<Map<String, Object>> find(Kind kind, String namespace, String name) {
        return store.find(store.kind(kind), namespace, name);
    }

    /** Lists objects. */
    public List<Map<String, Object>> list(Kind kind, String namespace) {
        return store.list(store.kind(kind), namespace).items();
    }

    /** Creates or changes an object; a status given is taken too. */
    public Map<String, Object> upsert(Kind kind, Map<String, Object> object) {
        Map<String, Object> metadata = Tree.map(object, "metadata");
        String namespace = Tree.text(metadata, "namespace");
        Target target = target(kind, namespace.isEmpty() ? "default" : namespace, Tree.text(metadata, "name"), "");
        return store.locked(() -> {
            Optional<Map<String, Object>> there = store.find(target.kind(), target.namespace(), target.name());
            Map<String, Object> written = there.isEmpty()
                    ? server.api().create(new Target(target.kind(), target.namespace(), "", ""), object, HOW)
                    : server.api().replace(target, merged(there.get(), object), HOW);
            Map<String, Object> status = Tree.map(object, "status");
            return status.isEmpty()
                    ? written
                    : upsertStatus(kind, target.namespace(), Tree.at(written, "metadata.name"), status)
                            .orElse(written);
        });
    }

    private static Map<String, Object> merged(Map<String, Object> live, Map<String, Object> object) {
        Map<String, Object> merged = Tree.copy(live);
        Tree.copy(object).forEach((field, value) -> {
            if (!field.equals("metadata")) {
                merged.put(field, value);
            }
        });
        Map<String, Object> metadata = Tree.copy(Tree.map(object, "metadata"));
        metadata.remove("resourceVersion");
        metadata.remove("managedFields");
        Tree.make(merged, "metadata").putAll(metadata);
        return merged;
    }

    /** Replaces a status. */
    public Optional<Map<String, Object>> upsertStatus(
            Kind kind, String namespace, String name, Map<String, Object> status) {
        Target target = target(kind, namespace, name, "status");
        return store.locked(() -> store.find(target.kind(), target.namespace(), name)
                .map(live -> {
                    Map<String, Object> changed = Tree.copy(live);
                    changed.put("status", Tree.copy(status));
                    return server.api().replace(target, changed, HOW);
                }));
    }

    /** Deletes an object. */
    public boolean delete(Kind kind, String namespace, String name) {
        try {
            var unused = server.api().delete(target(kind, namespace, name, ""), Map.of(), false);
            return true;
        } catch (Refusal refusal) {
            return false;
        }
    }

    /** Tells of changes on one thread, in order. */
    public AutoCloseable listen(Kind kind, BiConsumer<String, Map<String, Object>> listener) {
        Consumer<Change> each = change -> {
            Kind changed = change.kind().kind();
            if (changed.plural().equals(kind.plural()) && changed.group().equals(kind.group())) {
                tell(() -> listener.accept(change.type(), Tree.copy(change.object())));
            }
        };
        store.listen(each);
        return () -> store.unlisten(each);
    }

    private void tell(Runnable told) {
        try {
            teller.execute(told);
        } catch (RejectedExecutionException e) {
            // the fake is closed: nobody listens any more
        }
    }

    /** Checks writes of a kind. */
    public void admit(Kind kind, Function<Map<String, Object>, Optional<Denied>> check) {
        server.admit((written, object) -> {
            if (written.plural().equals(kind.plural()) && written.group().equals(kind.group())) {
                check.apply(object).ifPresent(denied -> {
                    throw Refusal.of(denied.code(), denied.reason(), denied.message());
                });
            }
        });
    }

    /** Records an event. */
    public void event(String namespace, String kind, String name, String type, String reason, String message) {
        String now = store.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        upsert(
                Kind.EVENT,
                Tree.of(
                        "metadata", Tree.of("name", name + "." + UUID.randomUUID(), "namespace", namespace),
                        "involvedObject", Tree.of("kind", kind, "namespace", namespace, "name", name),
                        "type", type,
                        "reason", reason,
                        "message", message,
                        "count", 1,
                        "firstTimestamp", now,
                        "lastTimestamp", now));
    }

    /** Forgets the changes so far. */
    public void forget() {
        store.forget();
    }

    /** Ends the telling. */
    public void close() {
        teller.shutdownNow();
    }
}
