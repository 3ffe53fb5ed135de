package dev.fairlead.contract.mlflow;

import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.mlflow.FakeMlflow;
import java.util.List;

/** Our fake server. */
final class FakePlace implements MlflowContract.Place {
    private final FakeMlflow fake = FakeMlflow.start();

    @Override
    public MlflowClient.Builder client() {
        return MlflowClient.builder().trackingUri(fake.uri());
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
    public void close() {
        fake.close();
    }
}
