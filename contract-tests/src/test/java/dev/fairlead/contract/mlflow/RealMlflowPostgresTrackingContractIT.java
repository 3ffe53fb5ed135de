package dev.fairlead.contract.mlflow;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.PostgresServer;
import dev.fairlead.testing.server.RealServers;
import org.junit.jupiter.api.AfterAll;

/** The same tracking on PostgreSQL, whose transactions and errors are others than SQLite's. */
@RanOn("mlflow 3.17.2")
class RealMlflowPostgresTrackingContractIT extends TrackingContract {
    private PostgresServer postgres;
    private MlflowServer server;

    @Override
    Place open() {
        RealServers.mlflow(); // skips where no server may run
        postgres = PostgresServer.builder().start();
        server = MlflowServer.builder().postgres(postgres).start();
        return RealPlace.of(server.uri());
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
