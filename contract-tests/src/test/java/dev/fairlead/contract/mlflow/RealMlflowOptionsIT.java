package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.ServerUser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real servers that are started otherwise. */
@RanOn("mlflow 3.17.2")
class RealMlflowOptionsIT {
    @BeforeAll
    static void whereServersMayRun() {
        RealServers.mlflow();
    }

    @Test
    @Proves("mlflow.basic-auth")
    void server_withUsers_letsOnlyThemIn() {
        try (MlflowServer server = MlflowServer.builder().basicAuth().start()) {
            ServerUser admin = server.admin().orElseThrow();
            MlflowClient nobody =
                    MlflowClient.builder().trackingUri(server.uri()).build();
            MlflowClient wrong = as(server, admin.name(), "not the password");
            MlflowClient right = as(server, admin.name(), admin.password());

            assertThatThrownBy(() -> nobody.experiments().get("0"))
                    .isInstanceOf(UnauthenticatedException.class)
                    .hasMessageContaining("MLFLOW_TRACKING_USERNAME");
            assertThatThrownBy(() -> wrong.experiments().get("0"))
                    .isInstanceOf(UnauthenticatedException.class)
                    .hasMessageNotContaining("not the password");
            assertThat(right.experiments().ensure("mine").name()).isEqualTo("mine");
        }
    }

    private static MlflowClient as(MlflowServer server, String user, String password) {
        return MlflowClient.builder()
                .trackingUri(server.uri())
                .endpoint(e -> e.basic(user, password))
                .build();
    }

    @Test
    @Proves("mlflow.artifacts.direct")
    void server_thatHandsOutNothing_stillReadsAndTakesSmallFiles() {
        try (MlflowServer server = MlflowServer.builder().directArtifacts().start()) {
            MlflowClient mlflow =
                    MlflowClient.builder().trackingUri(server.uri()).build();
            Artifacts artifacts =
                    mlflow.runs().start(mlflow.experiments().ensure("direct")).artifacts();

            artifacts.putText("d/a b.txt", "small");

            assertThat(artifacts.root().getScheme()).isNotEqualTo("mlflow-artifacts");
            assertThat(artifacts.walk("").toList()).hasSize(1);
            assertThat(artifacts.text("d/a b.txt")).isEqualTo("small");
        }
    }
}
