package dev.fairlead.airflow.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.config.Endpoint;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Proves("airflow.login")
class TokenLoginTest {
    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final ManualClock clock = new ManualClock();

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(get(urlPathEqualTo("/api/v2/version")).willReturn(json(200, "{\"version\":\"3.3.2\"}")));
        server.stubFor(get(urlPathEqualTo("/api/v2/dags/d")).willReturn(json(200, "{\"dag_id\":\"d\"}")));
        server.stubFor(post(urlPathEqualTo("/auth/token"))
                .willReturn(json(201, "{\"access_token\":\"" + token(1000) + "\"}")));
        server.stubFor(get(urlPathEqualTo("/auth/token")).willReturn(json(403, "{\"detail\":\"no\"}")));
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    /** A token that lives for so many seconds by its own claims, on a clock that is not ours. */
    private static String token(int seconds) {
        String claims = "{\"iat\":5000,\"exp\":" + (5000 + seconds) + "}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".s";
    }

    private AirflowClient client(Consumer<Endpoint.Builder> credentials) {
        MlPlatform.Builder platform = MlPlatform.builder().withoutKubernetes();
        PlatformHooks.of(platform).clock(clock).sleeper(clock::sleep);
        platform.endpoint("airflow", e -> credentials.accept(e.uri(server.baseUrl())));
        return AirflowClient.create(platform.build());
    }

    private void logins(int count) {
        server.verify(count, postRequestedFor(urlPathEqualTo("/auth/token")));
    }

    @Test
    void password_isExchangedOnce_andTheTokenRenewedBeforeItEnds() {
        AirflowClient airflow = client(e -> e.basic("me", "secret"));
        airflow.dags().get("d");
        airflow.dags().get("d");
        logins(1);

        clock.advance(Duration.ofSeconds(799));
        airflow.dags().get("d");
        logins(1);
        clock.advance(Duration.ofSeconds(2));
        airflow.dags().get("d");

        logins(2);
        server.verify(getRequestedFor(urlPathEqualTo("/api/v2/dags/d"))
                .withHeader("Authorization", equalTo("Bearer " + token(1000))));
    }

    @Test
    @Proves("airflow.login.renewed")
    void token_thatIsRefused_isRenewedOnce() {
        for (String refusal : new String[] {"401 Token Expired", "403 Invalid JWT token"}) {
            server.resetScenarios();
            server.resetRequests();
            int status = Integer.parseInt(refusal.substring(0, 3));
            server.stubFor(get(urlPathEqualTo("/api/v2/dags/d"))
                    .inScenario("restart")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willSetStateTo("known")
                    .willReturn(json(status, "{\"detail\":\"" + refusal.substring(4) + "\"}")));
            server.stubFor(get(urlPathEqualTo("/api/v2/dags/d"))
                    .inScenario("restart")
                    .whenScenarioStateIs("known")
                    .willReturn(json(200, "{\"dag_id\":\"d\"}")));

            assertThat(client(e -> e.basic("me", "secret")).dags().get("d").id())
                    .isEqualTo("d");
            logins(2);
        }
    }

    @Test
    void token_thatIsGiven_isSentAsItIs() {
        client(e -> e.bearer("given")).dags().get("d");

        logins(0);
        server.verify(
                getRequestedFor(urlPathEqualTo("/api/v2/dags/d")).withHeader("Authorization", equalTo("Bearer given")));
    }

    @Test
    void noCredentials_onAServerThatLetsEverybodyIn_getAToken() {
        server.stubFor(get(urlPathEqualTo("/auth/token")).willReturn(json(201, "{\"access_token\":\"all\"}")));

        client(e -> {}).dags().get("d");

        server.verify(
                getRequestedFor(urlPathEqualTo("/api/v2/dags/d")).withHeader("Authorization", equalTo("Bearer all")));
    }

    @Test
    void password_thatIsWrong_isNeverShown() {
        server.stubFor(
                post(urlPathEqualTo("/auth/token")).willReturn(json(401, "{\"detail\":\"Invalid credentials\"}")));

        assertThatThrownBy(() ->
                        client(e -> e.basic("me", "planted-secret")).dags().get("d"))
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("auth/token: 401 Invalid credentials")
                .hasMessageContaining("airflow.password")
                .hasMessageNotContaining("planted-secret");
    }

    @Test
    @Proves("airflow.version")
    void server_ofAirflow2_isSentThePasswordItself() {
        server.stubFor(get(urlPathEqualTo("/api/v2/version")).willReturn(json(404, "{\"detail\":\"Not Found\"}")));
        server.stubFor(get(urlPathEqualTo("/api/v1/version")).willReturn(json(200, "{\"version\":\"2.11.2\"}")));
        server.stubFor(get(urlPathEqualTo("/api/v1/dags/d")).willReturn(json(200, "{\"dag_id\":\"d\"}")));

        AirflowClient airflow = client(e -> e.basic("me", "secret"));
        airflow.dags().get("d");

        assertThat(airflow.server().version()).isEqualTo("2.11.2");
        server.verify(getRequestedFor(urlPathEqualTo("/api/v1/dags/d"))
                .withHeader("Authorization", equalTo("Basic bWU6c2VjcmV0")));
        server.verify(0, postRequestedFor(urlPathEqualTo("/auth/token")));
    }

    @Test
    @Proves("airflow.version")
    void server_thatIsNoAirflow_isNamed() {
        server.stubFor(
                get(urlPathEqualTo("/api/v2/version")).willReturn(aResponse().withStatus(404)));
        server.stubFor(
                get(urlPathEqualTo("/api/v1/version")).willReturn(aResponse().withStatus(404)));

        assertThatThrownBy(() -> client(e -> e.bearer("x")).server())
                .hasMessageContaining("does not answer as Airflow does")
                .hasMessageContaining("airflow.uri");
    }
}
