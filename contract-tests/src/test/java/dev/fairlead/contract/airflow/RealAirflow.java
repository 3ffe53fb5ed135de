package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.internal.http.FaultProxy;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.ServerUser;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real Airflow behind a fault proxy. */
final class RealAirflow implements AirflowContract.Place {
    private final FaultProxy proxy;
    private final Path dags;
    private final ServerUser admin;
    private final ServerUser viewer;

    RealAirflow(URI uri, Path dags, ServerUser admin, ServerUser viewer) {
        proxy = FaultProxy.to(uri);
        this.dags = dags;
        this.admin = admin;
        this.viewer = viewer;
    }

    static RealAirflow of(AirflowServer server) {
        return new RealAirflow(server.uri(), server.dags(), server.admin(), server.viewer());
    }

    Path dags() {
        return dags;
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
    public void failTask(String dagId, String taskId, String log, int tries) {
        // the code of the DAG fails by itself
    }

    @Override
    public void writes(String dagId, String taskId, List<String> lines, Duration over, int failing) {
        // the code of the DAG writes by itself
    }

    @Override
    public void slowTask(String dagId, String taskId) {
        // the code of the DAG is slow by itself
    }

    @Override
    public void refuse(String dagId, String taskId, String error) {
        // the server finds it
    }

    @Override
    public void mend(String dagId) {
        // the server finds that too
    }

    @Override
    public void returns(String dagId, String taskId, Object value) {
        // the code of the DAG returns it
    }

    @Override
    public void close() {
        proxy.close();
    }
}
