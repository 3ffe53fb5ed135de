package dev.fairlead.contract.mlflow;

import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.mlflow.FakeMlflow;
import dev.fairlead.testing.server.ServerUser;
import java.util.List;
import java.util.Optional;

/** Our fake server. */
final class FakePlace implements MlflowContract.Place {
    private final FakeMlflow fake;
    private final Optional<ServerUser> admin;

    FakePlace() {
        this(FakeMlflow.start());
    }

    FakePlace(FakeMlflow fake) {
        this(fake, Optional.empty());
    }

    private FakePlace(FakeMlflow fake, Optional<ServerUser> admin) {
        this.fake = fake;
        this.admin = admin;
    }

    static FakePlace withWorkspaces() {
        return new FakePlace(FakeMlflow.builder().workspaces().start());
    }

    /** A fake whose client is the administrator. */
    static FakePlace withUsers(String version) {
        ServerUser admin = new ServerUser("admin", "the admin's password");
        return new FakePlace(
                FakeMlflow.builder()
                        .version(version)
                        .basicAuth(admin.name(), admin.password())
                        .start(),
                Optional.of(admin));
    }

    @Override
    public MlflowClient.Builder client() {
        MlflowClient.Builder client = MlflowClient.builder().trackingUri(fake.uri());
        admin.ifPresent(user -> client.endpoint(e -> e.basic(user.name(), user.password())));
        return client;
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
