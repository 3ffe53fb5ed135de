package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.airflow.FakeAirflow;
import java.util.List;
import java.util.Map;

/** Our fake server. */
record SurfaceFake(FakeAirflow fake) implements SurfaceContract.Place {
    SurfaceFake() {
        this(FakeAirflow.start());
    }

    private AirflowClient.Builder client(String user) {
        return AirflowClient.builder()
                .uri(fake.uri())
                .endpoint(e -> e.basic(user, FakeAirflow.PASSWORD))
                .publisher(fake.publisher());
    }

    @Override
    public AirflowClient.Builder client() {
        return client(FakeAirflow.USER);
    }

    @Override
    public AirflowClient.Builder viewer() {
        return client(FakeAirflow.VIEWER);
    }

    @Override
    public Faults faults() {
        return fake.faults();
    }

    @Override
    public List<RecordedRequest> requests(String operation) {
        return fake.requests(operation);
    }

    @Override
    public void forgetRequests() {
        fake.forgetRequests();
    }

    @Override
    public void publish(String name, String python, List<Dag> twins) {
        AirflowClient client = client().build();
        twins.forEach(dag -> client.dags().deploy(dag).await(SurfaceContract.PARSED));
    }

    @Override
    public void asset(String name, String uri, String producer, String consumer) {
        fake.addAsset(name, uri, List.of(producer), List.of(consumer));
    }

    @Override
    public void asks(String dagId, String taskId, String subject, List<String> options, Map<String, Object> params) {
        fake.onTrigger(dagId).asks(taskId, subject, options, params);
    }

    @Override
    public void close() {
        fake.close();
    }
}
