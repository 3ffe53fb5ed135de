package dev.fairlead.testing.kube;

import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.testing.internal.kube.Controllers;
import dev.fairlead.testing.internal.kube.FakeApiServer;
import dev.fairlead.testing.internal.kube.PodPlayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The store as tests and controllers see it. */
final class StoreView implements KubeStore {
    private final FakeApiServer server;
    private final Controllers controllers;

    StoreView(FakeApiServer server) {
        this.server = server;
        this.controllers = new Controllers(server);
    }

    @Override
    public Optional<Map<String, Object>> find(Kind kind, String namespace, String name) {
        return controllers.find(kind, namespace, name);
    }

    @Override
    public List<Map<String, Object>> list(Kind kind, String namespace) {
        return controllers.list(kind, namespace);
    }

    @Override
    public Map<String, Object> upsert(Kind kind, Map<String, Object> object) {
        return controllers.upsert(kind, object);
    }

    @Override
    public Optional<Map<String, Object>> upsertStatus(
            Kind kind, String namespace, String name, Map<String, Object> status) {
        return controllers.upsertStatus(kind, namespace, name, status);
    }

    @Override
    public boolean delete(Kind kind, String namespace, String name) {
        return controllers.delete(kind, namespace, name);
    }

    @Override
    public AutoCloseable onChange(Kind kind, Consumer<Change> listener) {
        return controllers.listen(kind, (type, object) -> listener.accept(new Change(type, object)));
    }

    @Override
    public void onAdmission(Kind kind, Function<Map<String, Object>, Optional<Denial>> check) {
        controllers.admit(
                kind,
                object -> check.apply(object).map(d -> new Controllers.Denied(d.code(), d.reason(), d.message())));
    }

    @Override
    public void addKind(Kind kind) {
        var unused = server.kind(kind);
    }

    @Override
    public void event(String namespace, String kind, String name, String type, String reason, String message) {
        controllers.event(namespace, kind, name, type, reason, message);
    }

    @Override
    public void podLog(String namespace, String pod, String container, String text) {
        server.logs().append(namespace, pod, container, text);
    }

    @Override
    public void forgetHistory() {
        controllers.forget();
    }

    void playPods() {
        var unused = new PodPlayer(controllers, server.store()).play();
    }

    void close() {
        controllers.close();
    }
}
