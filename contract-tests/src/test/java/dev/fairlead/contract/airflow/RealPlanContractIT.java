package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

@RanOn("airflow 3.3.2")
class RealPlanContractIT extends PlanContract {
    @Override
    Place open() {
        return new RealPlace(RealServers.airflow());
    }

    private record RealPlace(AirflowServer server) implements Place {
        @Override
        public AirflowClient client() {
            return AirflowClient.builder()
                    .uri(server.uri())
                    .endpoint(e -> e.basic(server.admin().name(), server.admin().password()))
                    .dagsFolder(server.dags())
                    .build();
        }

        @Override
        public void edit(String dagId, UnaryOperator<String> change) {
            Path file = server.dags().resolve(RenderedDag.fileName(dagId));
            try {
                Files.writeString(file, change.apply(Files.readString(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            // the server is shared
        }
    }
}
