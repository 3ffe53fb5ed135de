package dev.fairlead.contract.mlflow;

import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.internal.http.FaultProxy;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.RealServers;
import java.net.URI;
import java.util.List;

/** A real server behind a fault proxy. */
final class RealPlace implements MlflowContract.Place {
    private final FaultProxy proxy;
    private final AutoCloseable server;

    private RealPlace(URI server) {
        this(server, () -> {});
    }

    private RealPlace(URI uri, AutoCloseable server) {
        proxy = FaultProxy.to(uri);
        this.server = server;
    }

    /** A server of one's own, closed with the place. */
    static RealPlace of(MlflowServer server) {
        return new RealPlace(server.uri(), server);
    }

    /** Any server. */
    static RealPlace of(URI server) {
        return new RealPlace(server);
    }

    /** The shared MLflow 3; skips where it cannot run. */
    static RealPlace current() {
        return new RealPlace(RealServers.mlflow().uri());
    }

    /** The shared MLflow 2; skips where it cannot run. */
    static RealPlace last2() {
        return new RealPlace(RealServers.mlflow2().uri());
    }

    @Override
    public MlflowClient.Builder client() {
        return MlflowClient.builder().trackingUri(proxy.uri());
    }

    @Override
    public Faults faults() {
        return proxy.faults();
    }

    @Override
    public List<RecordedRequest> requests(String operation) {
        return proxy.journal().of(operation);
    }

    @Override
    public void forgetRequests() {
        proxy.journal().clear();
    }

    @Override
    public void close() {
        proxy.close();
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
