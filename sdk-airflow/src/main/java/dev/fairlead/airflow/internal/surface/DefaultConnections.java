package dev.fairlead.airflow.internal.surface;

import dev.fairlead.Operation;
import dev.fairlead.PagedIterable;
import dev.fairlead.airflow.admin.Applied;
import dev.fairlead.airflow.admin.Bulk;
import dev.fairlead.airflow.admin.BulkResult;
import dev.fairlead.airflow.admin.Connection;
import dev.fairlead.airflow.admin.ConnectionSpec;
import dev.fairlead.airflow.admin.ConnectionTest;
import dev.fairlead.airflow.admin.Connections;
import dev.fairlead.airflow.admin.Secrets;
import dev.fairlead.airflow.internal.wire.AdminWire;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.Poller.Seen;
import dev.fairlead.spi.Poller.Spec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connections on the server. */
public final class DefaultConnections implements Connections {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Surface surface;
    private final Upkeep<Connection> upkeep;

    /** Creates the area. */
    public DefaultConnections(Surface surface) {
        this.surface = surface;
        this.upkeep = new Upkeep<>(surface, "connections", DefaultConnections::value);
    }

    @Override
    public PagedIterable<Connection> list() {
        return surface.paged(
                "connections/list",
                () -> surface.get("connections/list", upkeep.collection(), AdminWire.Connections.class)
                        .query("order_by", "connection_id"),
                AdminWire.Connections::connections,
                AdminWire.Connections::totalEntries,
                DefaultConnections::value);
    }

    @Override
    public Connection get(String id) {
        return upkeep.get(id);
    }

    @Override
    public Optional<Connection> find(String id) {
        return upkeep.find(id).map(DefaultConnections::value);
    }

    @Override
    public Connection create(ConnectionSpec connection) {
        return upkeep.create(connection.id(), body(connection));
    }

    @Override
    public Connection ensure(ConnectionSpec connection) {
        return upkeep.ensure(connection.id(), body(connection));
    }

    @Override
    public Applied<Connection> apply(ConnectionSpec connection, Secrets secrets) {
        return upkeep.apply(connection.id(), body(connection), body(connection), secrets);
    }

    @Override
    public boolean delete(String id) {
        return upkeep.delete(id);
    }

    @Override
    public ConnectionTest test(ConnectionSpec connection) {
        AdminWire.Test wire = enabled(() -> surface.call(surface.send(
                        "connections/test",
                        "POST",
                        upkeep.collection() + "/test",
                        body(connection),
                        AdminWire.Test.class)
                .repeatable()));
        return new ConnectionTest(Boolean.TRUE.equals(wire.status()), Surface.text(wire.message()));
    }

    private static <T> T enabled(Supplier<T> call) {
        try {
            return call.get();
        } catch (PermissionException e) {
            throw new PermissionException(
                    e.details(), "let the server's settings say [core] test_connection = Enabled");
        }
    }

    private String onWorker() {
        surface.require("tests of connections on a worker", 3, 3);
        return upkeep.collection() + "/enqueue-test";
    }

    @Override
    public Operation<ConnectionTest> testOnWorker(ConnectionSpec connection) {
        String path = onWorker();
        AdminWire.WorkerTest wire = enabled(() -> surface.call(
                surface.send("connections/testOnWorker", "POST", path, body(connection), AdminWire.WorkerTest.class)));
        return testOperation(Surface.required(wire.token(), "token"));
    }

    @Override
    public Operation<ConnectionTest> testOperation(String operationId) {
        String path = onWorker();
        return surface.platform()
                .poller()
                .operation(new Spec<>(
                        operationId,
                        "airflow test of a connection on a worker",
                        deadline -> look(path, operationId, deadline),
                        FIRST,
                        LONGEST,
                        null));
    }

    private Seen<ConnectionTest> look(String path, String token, Deadline deadline) {
        AdminWire.WorkerTest wire;
        try {
            wire = surface.call(
                    surface.get("connections/testOnWorker", path, AdminWire.WorkerTest.class)
                            .header("Airflow-Connection-Test-Token", token),
                    deadline);
        } catch (MlPlatformException e) {
            if (!e.retryable()) {
                throw e;
            }
            return new Seen.Pending<>("unreachable", String.valueOf(e.getMessage()));
        }
        String state = Surface.text(wire.state());
        return state.equals("success") || state.equals("failed")
                ? new Seen.Done<>(new ConnectionTest(state.equals("success"), Surface.text(wire.resultMessage())))
                : new Seen.Pending<>(state, "");
    }

    @Override
    public void createDefaults() {
        surface.require("the connections a new Airflow has", 3, 0);
        String path = upkeep.collection() + "/defaults";
        surface.call(surface.send("connections/defaults", "POST", path, null, Decoder.nothing())
                .repeatable());
    }

    @Override
    public BulkResult bulk(Consumer<Bulk<ConnectionSpec>> changes) {
        BulkCalls<ConnectionSpec> bulk = new BulkCalls<>(DefaultConnections::body, body -> {});
        changes.accept(bulk);
        return bulk.send(surface, "connections");
    }

    private static Map<String, Object> body(ConnectionSpec connection) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("connection_id", connection.id());
        body.put("conn_type", connection.type());
        connection.description().ifPresent(d -> body.put("description", d));
        connection.host().ifPresent(h -> body.put("host", h));
        connection.login().ifPresent(l -> body.put("login", l));
        connection.schema().ifPresent(s -> body.put("schema", s));
        connection.port().ifPresent(p -> body.put("port", p));
        connection.password().ifPresent(p -> body.put("password", p));
        if (!connection.extra().isEmpty()) {
            body.put("extra", Surface.JSON.text(connection.extra()));
        }
        return body;
    }

    private static Connection value(Map<String, Object> tree) {
        AdminWire.Connection wire = Surface.JSON.convert(tree, AdminWire.Connection.class, "a connection");
        return new Connection(
                Surface.required(wire.connectionId(), "connection_id"),
                Surface.text(wire.connType()),
                Surface.text(wire.description()),
                wire.host(),
                wire.login(),
                wire.schema(),
                wire.port(),
                wire.password() != null && !wire.password().isEmpty(),
                extra(wire.extra()));
    }

    private static Map<String, Object> extra(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return Map.of();
        }
        try {
            return Surface.JSON.object(json.getBytes(StandardCharsets.UTF_8), "further settings");
        } catch (InvalidResponseException e) {
            return Map.of(); // an old connection may hold anything; its text may be a secret
        }
    }
}
