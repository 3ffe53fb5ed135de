package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.airflow.FakeAirflow;
import dev.fairlead.testing.airflow.TaskOutcome;
import java.time.Duration;
import java.util.List;

/** The fake. */
record FakePlace(FakeAirflow fake) implements AirflowContract.Place {
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
    public void failTask(String dagId, String taskId, String log, int tries) {
        fake.onTrigger(dagId).failTask(taskId, log, tries);
    }

    @Override
    public void writes(String dagId, String taskId, List<String> lines, Duration over, int failing) {
        String text = String.join("\n", lines);
        fake.onTrigger(dagId)
                .onTask(
                        taskId,
                        task -> (task.tryNumber() <= failing
                                        ? TaskOutcome.failure(text)
                                        : TaskOutcome.success().log(text))
                                .after(over));
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
