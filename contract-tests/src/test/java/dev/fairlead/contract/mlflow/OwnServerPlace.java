package dev.fairlead.contract.mlflow;

import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.ServerUser;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A real server that one suite has for itself, started otherwise than the shared one; its client is the administrator. */
final class OwnServerPlace implements MlflowContract.Place {
    private final MlflowServer server;
    private final RealPlace behind;

    private OwnServerPlace(MlflowServer server) {
        this.server = server;
        this.behind = RealPlace.of(server.uri());
    }

    /** Starts a server; skips where none may run. */
    static OwnServerPlace start(String version, UnaryOperator<MlflowServer.Builder> change) {
        RealServers.Kind kind = version.startsWith("2.") ? RealServers.Kind.MLFLOW_2 : RealServers.Kind.MLFLOW;
        RealServers.skipped(kind).ifPresent(why -> {
            throw new org.opentest4j.TestAbortedException(why);
        });
        return new OwnServerPlace(
                change.apply(MlflowServer.builder().version(version)).start());
    }

    @Override
    public MlflowClient.Builder client() {
        Optional<ServerUser> admin = server.admin();
        MlflowClient.Builder client = behind.client();
        admin.ifPresent(user -> client.endpoint(e -> e.basic(user.name(), user.password())));
        return client;
    }

    @Override
    public Faults faults() {
        return behind.faults();
    }

    @Override
    public List<RecordedRequest> requests(String operation) {
        return behind.requests(operation);
    }

    @Override
    public void forgetRequests() {
        behind.forgetRequests();
    }

    @Override
    public void close() {
        behind.close();
        server.close();
    }
}
