package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Airflow behind a fault proxy. */
final class SurfaceReal implements SurfaceContract.Place {
    private final RealAirflow airflow;
    private final List<Path> written = new ArrayList<>();

    private SurfaceReal(AirflowServer server) {
        airflow = RealAirflow.of(server);
    }

    /** The shared Airflow 3; skips where it cannot run. */
    static SurfaceReal three() {
        return new SurfaceReal(RealServers.airflow());
    }

    /** The shared Airflow 2; skips where it cannot run. */
    static SurfaceReal two() {
        return new SurfaceReal(RealServers.airflow2());
    }

    @Override
    public AirflowClient.Builder client() {
        return airflow.client();
    }

    @Override
    public AirflowClient.Builder viewer() {
        return airflow.viewer();
    }

    @Override
    public Faults faults() {
        return airflow.faults();
    }

    @Override
    public List<RecordedRequest> requests(String operation) {
        return airflow.requests(operation);
    }

    @Override
    public void forgetRequests() {
        airflow.forgetRequests();
    }

    @Override
    public void publish(String name, String python, List<Dag> twins) {
        Path file = airflow.dags().resolve(name + ".py");
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
        airflow.close();
        for (Path file : written) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
