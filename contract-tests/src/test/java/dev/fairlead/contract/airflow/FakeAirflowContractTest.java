package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.airflow.FakeAirflow;
import dev.fairlead.testing.airflow.TaskOutcome;
import java.time.Duration;
import java.util.List;

@RanOn("fake")
class FakeAirflowContractTest extends AirflowContract {
    @Override
    Place open() {
        return new FakePlace(FakeAirflow.start());
    }

    private record FakePlace(FakeAirflow fake) implements Place {
        @Override
        public AirflowClient.Builder client() {
            return AirflowClient.builder()
                    .uri(fake.uri())
                    .endpoint(e -> e.basic(FakeAirflow.USER, FakeAirflow.PASSWORD))
                    .publisher(fake.publisher());
        }

        @Override
        public AirflowClient.Builder viewer() {
            return client().endpoint(e -> e.basic(FakeAirflow.VIEWER, FakeAirflow.PASSWORD));
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
        public void failTask(String dagId, String taskId, String log) {
            fake.onTrigger(dagId).failTask(taskId, log);
        }

        @Override
        public void slowTask(String dagId, String taskId) {
            fake.onTrigger(dagId).taskTakes(taskId, Duration.ofMinutes(2));
        }

        @Override
        public void refuse(String dagId, String taskId, String error) {
            fake.onTrigger(dagId).failImport(taskId, error);
        }

        @Override
        public void mend(String dagId) {
            fake.onTrigger(dagId).mendImport();
        }

        @Override
        public void returns(String dagId, String taskId, Object value) {
            fake.onTrigger(dagId).onTask(taskId, task -> TaskOutcome.success().output(value));
        }

        @Override
        public void close() {
            fake.close();
        }
    }
}
