package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.airflow.FakeAirflow;
import java.util.function.UnaryOperator;

@RanOn("fake")
class FakePlanContractTest extends PlanContract {
    @Override
    Place open() {
        return new FakePlace(FakeAirflow.start());
    }

    private record FakePlace(FakeAirflow fake) implements Place {
        @Override
        public AirflowClient client() {
            return AirflowClient.builder()
                    .uri(fake.uri())
                    .endpoint(e -> e.basic(FakeAirflow.USER, FakeAirflow.PASSWORD))
                    .publisher(fake.publisher())
                    .build();
        }

        @Override
        public void edit(String dagId, UnaryOperator<String> change) {
            fake.editFile(dagId, change);
        }

        @Override
        public void close() {
            fake.close();
        }
    }
}
