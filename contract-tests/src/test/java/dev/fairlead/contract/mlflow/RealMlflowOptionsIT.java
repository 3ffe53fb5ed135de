package dev.fairlead.contract.mlflow;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.fairlead.MlPlatform;
import dev.fairlead.config.Endpoint;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Run;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceSpec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.ServerUser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

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

    @Test
    @Proves("mlflow.prefix")
    void server_belowAPath_answersEveryCall() {
        try (MlflowServer server = MlflowServer.builder().staticPrefix("/ml").start()) {
            MlflowClient mlflow =
                    MlflowClient.builder().trackingUri(server.uri()).build();
            var run = mlflow.runs().start(mlflow.experiments().ensure("prefixed"), r -> r.name("one"));
            run.logParam("a", 1).logMetric("m", 0.5, 1).artifacts().putText("d/x y.txt", "below");
            run.finish();
            mlflow.models().ensure("prefixed");
            mlflow.raw().patch("registered-models/update", Map.of("name", "prefixed", "description", "d"));

            assertThat(server.uri().getPath()).isEqualTo("/ml");
            assertThat(mlflow.server().atLeast(3, 17)).isTrue();
            assertThat(mlflow.runs().search(q -> q.addExperimentId(run.experimentId())))
                    .hasSize(1);
            assertThat(mlflow.runs().history(run.id(), "m")).hasSize(1);
            assertThat(run.artifacts().walk("")).hasSize(1);
            assertThat(run.artifacts().text("d/x y.txt")).isEqualTo("below");
            assertThat(mlflow.models().get("prefixed").description()).isEqualTo("d");
            assertThat(mlflow.models().delete("prefixed")).isTrue();

            MlflowClient wrong = MlflowClient.builder()
                    .trackingUri(server.uri().resolve("/"))
                    .build();
            assertThatThrownBy(() -> wrong.experiments().get("0"))
                    .isInstanceOf(UnsupportedByServerException.class)
                    .hasMessageContaining("lacks the server's path prefix");
        }
    }

    @Test
    @Proves("mlflow.tls")
    void server_withItsOwnCertificate_isTrustedOnlyWhenTold() {
        try (MlflowServer server = MlflowServer.builder().tls().start()) {
            Path authority = server.certificate().orElseThrow();

            assertThat(tls(server, e -> e.caFile(authority))
                            .experiments()
                            .get("0")
                            .id())
                    .isEqualTo("0");
            assertThat(tls(server, e -> e.insecureTls(true))
                            .experiments()
                            .get("0")
                            .id())
                    .isEqualTo("0");
            assertThatThrownBy(() -> tls(server, e -> {}).experiments().get("0"))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("certif");
            MlflowClient byName = MlflowClient.builder()
                    .platform(p -> p.setting("mlflow.uri", server.uri().toString())
                            .setting("mlflow.ca-file", authority.toString()))
                    .build();
            assertThat(byName.experiments().get("0").id()).isEqualTo("0");
            assertThat(beside(server, e -> e.uri("https://mlflow.invalid").caFile(authority)))
                    .as("an address that mlflow.invalid signs")
                    .isEqualTo(mlflowVersion(server, authority));
            assertThatThrownBy(() -> beside(server, e -> e.uri("https://mlflow.invalid")))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("certif");
        }
    }

    @Test
    @Proves("mlflow.tls")
    void server_thatWantsACertificate_getsOurs() throws Exception {
        try (MlflowServer server = MlflowServer.builder().mutualTls().start()) {
            Path certificate = server.certificate().orElseThrow();
            Path key = server.certificateKey().orElseThrow();
            Path both = Files.writeString(
                    server.directory().resolve("both.pem"), Files.readString(key) + Files.readString(certificate));

            assertThat(tls(
                                    server,
                                    e -> e.caFile(certificate)
                                            .clientCertificate(certificate)
                                            .clientKey(key))
                            .experiments()
                            .get("0")
                            .id())
                    .isEqualTo("0");
            assertThatThrownBy(() -> tls(server, e -> e.caFile(certificate))
                            .experiments()
                            .get("0"))
                    .isInstanceOf(TransportException.class);
            MlflowClient oneFile = MlflowClient.builder()
                    .trackingUri(server.uri())
                    .platform(p -> p.setting("mlflow.ca-file", certificate.toString())
                            .setting("mlflow.client-certificate", both.toString()))
                    .build();
            assertThat(oneFile.experiments().get("0").id())
                    .as("certificate and key in one file, as MLFLOW_TRACKING_CLIENT_CERT_PATH names")
                    .isEqualTo("0");
            Consumer<Endpoint.Builder> ours =
                    e -> e.caFile(certificate).clientCertificate(certificate).clientKey(key);
            assertThat(beside(server, ours.andThen(e -> e.uri(server.uri()))))
                    .as("an address of the same scheme, host and port")
                    .startsWith("3.");
            assertThatThrownBy(() -> beside(server, ours.andThen(e -> e.uri("https://mlflow.invalid"))))
                    .as("our certificate goes to no other host")
                    .isInstanceOf(TransportException.class);
        }
    }

    private static String mlflowVersion(MlflowServer server, Path authority) {
        return tls(server, e -> e.caFile(authority)).server().version();
    }

    /** Asks the server as a neighbour of an MLflow elsewhere, as stores are asked whose addresses that one signs. */
    private static String beside(MlflowServer server, Consumer<Endpoint.Builder> mlflow) {
        try (MlPlatform platform = MlPlatform.builder()
                .withoutKubernetes()
                .retry(RetryPolicy.NONE)
                .endpoint("mlflow", mlflow)
                .build()) {
            ServiceSpec store =
                    new ServiceSpec("store", (details, headers, body) -> new ServiceException(details, "", false));
            return PlatformSpi.of(platform)
                    .httpBeside("mlflow", store, server.uri())
                    .call(CallSpec.get("version", "/version", Decoder.text()).build());
        }
    }

    private static MlflowClient tls(MlflowServer server, Consumer<Endpoint.Builder> change) {
        return MlflowClient.builder()
                .trackingUri(server.uri())
                .endpoint(change)
                .platform(p -> p.retry(r -> r.withPauses(Duration.ofMillis(1), Duration.ofMillis(2))))
                .build();
    }

    @Test
    @Proves("mlflow.proxy")
    void call_throughAProxy_isSeenThere() {
        WireMockServer proxy = new WireMockServer(
                options().dynamicPort().bindAddress("127.0.0.1").enableBrowserProxying(true));
        proxy.start();
        try {
            MlflowClient mlflow = MlflowClient.builder()
                    .trackingUri(RealServers.mlflow().uri())
                    .endpoint(e -> e.proxy(URI.create(proxy.baseUrl())).putHeader("X-Team", "flights"))
                    .build();

            assertThat(mlflow.experiments().get("0").id()).isEqualTo("0");
            assertThat(proxy.getAllServeEvents()).singleElement().satisfies(event -> {
                assertThat(event.getRequest().getAbsoluteUrl())
                        .startsWith(RealServers.mlflow().uri().toString());
                assertThat(event.getRequest().getHeader("X-Team")).isEqualTo("flights");
            });
        } finally {
            proxy.stop();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "fairlead.campaign", matches = "full")
    void create_afterIdlingPastTheServersLimit_isMadeOnce() throws Exception {
        MlflowClient mlflow =
                MlflowClient.builder().trackingUri(RealServers.mlflow().uri()).build();
        String experiment = mlflow.experiments()
                .ensure("idle-" + System.currentTimeMillis())
                .id();
        List<Run> all = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            Thread.sleep(6_000); // uvicorn closes idle connections after 5 s: only the real time shows it
            for (int i = 0; i < 70; i++) {
                mlflow.runs().start(mlflow.experiments().get(experiment)).finish();
            }
        }
        mlflow.runs().search(q -> q.addExperimentId(experiment)).forEach(all::add);
        assertThat(all).hasSize(210);
    }
}
