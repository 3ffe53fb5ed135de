package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.support.Proves;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a client gets a token: not for Airflow 2, which takes user and password as they are. */
abstract class LoginContract extends AirflowContract {
    @Override
    List<Dag> dags() {
        return List.of(goodDag(), instant("keyed"));
    }

    @Test
    @Proves("airflow.login")
    void server_userAndPassword_tellsVersionAndLogsInOnce() {
        place.forgetRequests();
        AirflowClient fresh = place.client().build();

        ServerInfo server = fresh.server();
        fresh.dags().get(id("good"));
        fresh.dags().get(id("keyed"));

        assertThat(server.version()).startsWith("3.");
        assertThat(server.version()).startsWith(server.dialect().version());
        assertThat(place.requests("POST auth/token")).hasSize(1);
        assertThat(place.requests("GET dags"))
                .allSatisfy(
                        r -> assertThat(r.header("authorization").orElse("")).startsWith("Bearer "));
    }

    @Test
    @Proves("airflow.login")
    void call_refusedToken_logsInAgainOnce() {
        airflow.dags().get(id("good"));
        place.forgetRequests();
        place.faults().failNext("GET dags", 401, 1);

        assertThat(airflow.dags().get(id("good")).id()).isEqualTo(id("good"));
        assertThat(place.requests("POST auth/token")).hasSize(1);
    }

    @Test
    @Proves("airflow.login")
    void call_wrongPassword_saysWhichSettings() {
        AirflowClient stranger =
                place.client().endpoint(e -> e.basic("admin", "wr0ng-pass")).build();

        assertThatThrownBy(() -> stranger.dags().get(id("good")))
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("auth/token")
                .hasMessageContaining("airflow.password")
                .hasMessageNotContaining("wr0ng-pass");
        AirflowClient nobody = place.client()
                .endpoint(e -> e.credentials(CredentialsProvider.none()))
                .build();
        assertThatThrownBy(() -> nobody.dags().get(id("good")))
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("airflow.token");
    }
}
