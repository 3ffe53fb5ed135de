package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.internal.http.FaultProxy;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.ServerUser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Airflow behind a fault proxy. */
final class SurfaceReal implements SurfaceContract.Place {
    private final Path dags;
    private final ServerUser admin;
    private final ServerUser viewer;
    private final FaultProxy proxy;
    private final List<Path> written = new ArrayList<>();

    SurfaceReal(URI uri, Path dags, ServerUser admin, ServerUser viewer) {
        this.dags = dags;
        this.admin = admin;
        this.viewer = viewer;
        proxy = FaultProxy.to(uri);
    }

    static SurfaceReal of(AirflowServer server) {
        return new SurfaceReal(server.uri(), server.dags(), server.admin(), server.viewer());
    }

    /** The shared Airflow 3; skips where it cannot run. */
    static SurfaceReal three() {
        return of(RealServers.airflow());
    }

    /** The shared Airflow 2; skips where it cannot run. */
    static SurfaceReal two() {
        return of(RealServers.airflow2());
    }

    private AirflowClient.Builder client(ServerUser user) {
        return AirflowClient.builder()
                .uri(proxy.uri())
                .endpoint(e -> e.basic(user.name(), user.password()))
                .dagsFolder(dags);
    }

    @Override
    public AirflowClient.Builder client() {
        return client(admin);
    }

    @Override
    public AirflowClient.Builder viewer() {
        return client(viewer);
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
    public void publish(String name, String python, List<Dag> twins) {
        Path file = dags.resolve(name + ".py");
        try {
            Files.writeString(file, python);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written.add(file);
    }

    @Override
    public void asset(String name, String uri, String producer, String consumer) {
        // the file declares it
    }

    @Override
    public void asks(String dagId, String taskId, String subject, List<String> options, Map<String, Object> params) {
        // the file does
    }

    @Override
    public void close() {
        proxy.close();
        for (Path file : written) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
