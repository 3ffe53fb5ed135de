package dev.fairlead.mlflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.support.Proves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What no well-behaved server does. */
class MlflowClientTest {
    private static final Experiment EXPERIMENT =
            Experiment.builder().id("1").name("e").build();
    private static final String API = "/api/2.0/mlflow/";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    static final WireMockExtension OTHER = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private static MlflowClient client() {
        return MlflowClient.builder()
                .trackingUri(SERVER.baseUrl())
                .endpoint(e -> e.bearer("s3cret"))
                .platform(p -> p.retry(r -> r.withPauses(Duration.ofMillis(1), Duration.ofMillis(2))))
                .build();
    }

    private static void run(String artifactUri) {
        SERVER.stubFor(get(urlPathEqualTo(API + "runs/get"))
                .willReturn(okJson("{\"run\":{\"info\":{\"run_id\":\"r\",\"experiment_id\":\"1\",\"artifact_uri\":\""
                        + artifactUri + "\"}}}")));
    }

    @Test
    void get_leanAnswer_isReadWithDefaults() {
        run("mlflow-artifacts:/1/r/artifacts");

        Run run = client().runs().get("r");

        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.params()).isEmpty();
        assertThat(run.endTime()).isEmpty();
        SERVER.verify(getRequestedFor(urlPathEqualTo(API + "runs/get"))
                .withHeader("Authorization", matching("Bearer s3cret")));
    }

    @Test
    @Proves("mlflow.artifacts.path-safe")
    void download_listingThatLeadsOut_writesNothing(@TempDir Path folder) throws Exception {
        run("mlflow-artifacts:/1/r/artifacts");
        SERVER.stubFor(get(urlPathMatching("/api/2.0/mlflow-artifacts/.*"))
                .willReturn(aResponse().withBody("evil")));
        for (String path : List.of(
                "../evil", "d/../../evil", "/tmp/evil", "C:\\\\evil", "..\\\\evil", "%2e%2e/evil", "other/evil")) {
            String listed = path.equals("other/evil") ? "d" : "";
            SERVER.stubFor(get(urlPathEqualTo(API + "artifacts/list"))
                    .willReturn(okJson("{\"files\":[{\"path\":\"" + path + "\",\"is_dir\":false,\"file_size\":4}]}")));

            assertThatThrownBy(() -> client().artifacts("r").walk(listed).toList())
                    .as(path)
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessageContaining("leads out of the folder that was listed");
        }
        SERVER.stubFor(get(urlPathEqualTo(API + "artifacts/list"))
                .willReturn(okJson("{\"files\":[{\"path\":\"../evil\",\"file_size\":4}]}")));
        assertThatThrownBy(() -> client().artifacts("r").download("", folder.resolve("in")))
                .isInstanceOf(InvalidResponseException.class);
        assertThat(Files.exists(folder.resolve("in"))).isFalse();
        SERVER.verify(0, getRequestedFor(urlPathMatching("/api/2.0/mlflow-artifacts/.*")));
    }

    @Test
    @Proves("mlflow.artifacts.path-safe")
    void walk_foldersWithoutEnd_stops() {
        SERVER.stubFor(get(urlPathEqualTo(API + "artifacts/list"))
                .willReturn(okJson("{\"files\":[{\"path\":\"" + "d/".repeat(2100) + "d\",\"is_dir\":true}]}")));

        assertThatThrownBy(() -> client().artifacts("r").walk("").toList())
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("longer than 4096");
    }

    @Test
    @Proves("mlflow.artifacts.verified")
    void download_otherSizeThanListed_isRefusedAndLeavesNothing(@TempDir Path folder) throws Exception {
        run("mlflow-artifacts:/1/r/artifacts");
        SERVER.stubFor(get(urlPathMatching("/api/2.0/mlflow-artifacts/.*"))
                .willReturn(aResponse().withBody("short")));
        SERVER.stubFor(get(urlPathEqualTo(API + "artifacts/list"))
                .willReturn(okJson("{\"files\":[{\"path\":\"a.bin\",\"file_size\":6}]}")));

        assertThatThrownBy(() -> client().artifacts("r").download("a.bin", folder))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("the server lists 6 bytes, 5 came");
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @Proves("mlflow.artifacts.verified")
    void log_serverKeptLess_isRefused(@TempDir Path folder) throws Exception {
        run("mlflow-artifacts:/1/r/artifacts");
        SERVER.stubFor(any(urlPathMatching("/api/2.0/mlflow-artifacts/.*")).willReturn(aResponse()));
        SERVER.stubFor(get(urlPathEqualTo(API + "artifacts/list"))
                .willReturn(okJson("{\"files\":[{\"path\":\"a.txt\",\"file_size\":2}]}")));
        Path file = Files.writeString(folder.resolve("a.txt"), "abc");

        assertThatThrownBy(() -> client().artifacts("r").log(file, ""))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("did not arrive whole: 3 bytes were sent, the server lists 2");
    }

    @Test
    @Proves("mlflow.token-stays")
    void artifacts_onAnotherHost_getNoCall() {
        OTHER.stubFor(any(anyUrl()).willReturn(aResponse()));
        run("mlflow-artifacts://127.0.0.1:" + OTHER.getPort() + "/1/r/artifacts");

        assertThatThrownBy(() -> client().artifacts("r").bytes("a"))
                .isInstanceOf(UnsupportedArtifactStoreException.class)
                .hasMessageContaining("handed out by another server");
        assertThat(OTHER.getAllServeEvents()).isEmpty();
    }

    @Test
    @Proves("mlflow.token-stays")
    void redirect_toAnotherHost_isNotFollowed() {
        SERVER.stubFor(get(urlPathEqualTo(API + "experiments/get"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", OTHER.baseUrl() + "/login")));

        assertThatThrownBy(() -> client().experiments().get("1")).isInstanceOf(UnauthenticatedException.class);
        assertThat(OTHER.getAllServeEvents()).isEmpty();
    }

    @Test
    void anyCall_htmlInPlaceOfJson_saysSo() {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<html>Sign in</html>")));

        assertThatThrownBy(() -> client().experiments().get("1"))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("web page where JSON was expected");
        assertThatThrownBy(() -> client().server())
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("does not answer as MLflow does");
    }

    @Test
    void get_answerWithoutWhatMakesIt_isAnInvalidResponse() {
        SERVER.stubFor(get(urlPathEqualTo(API + "runs/get")).willReturn(okJson("{\"run\":{\"info\":{}}}")));
        SERVER.stubFor(get(urlPathEqualTo(API + "experiments/get")).willReturn(okJson("{}")));

        assertThatThrownBy(() -> client().runs().get("r")).isInstanceOf(InvalidResponseException.class);
        assertThatThrownBy(() -> client().experiments().get("1")).isInstanceOf(InvalidResponseException.class);
    }

    @Test
    @Proves("mlflow.history-pages")
    void history_tokenThatDoesNotMove_isAnError() {
        SERVER.stubFor(get(urlPathEqualTo(API + "metrics/get-history"))
                .willReturn(okJson("{\"metrics\":[],\"next_page_token\":\"same\"}")));

        assertThatThrownBy(() -> client().runs().history("r", "m").forEach(m -> {}))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("would never end");
        SERVER.verify(getRequestedFor(urlPathEqualTo(API + "metrics/get-history"))
                .withQueryParam("max_results", matching("25000")));
    }

    @Test
    void create_serverThatIsSilent_endsWithinTheDeadline() {
        SERVER.stubFor(get(urlPathEqualTo(API + "experiments/get"))
                .willReturn(okJson("{}").withFixedDelay(20_000)));

        MlflowClient patient = client().withOptions(o -> o.timeout(Duration.ofMillis(300)));

        assertThatThrownBy(() -> patient.experiments().get("1")).isInstanceOf(TransportException.class);
    }

    @Test
    @Proves("mlflow.idempotent-run")
    void start_lostAttemptStillAtWorkWhenLookedFor_leavesOneRun() {
        answerLateToTheLostAttempt();

        assertThat(client().runs().start(EXPERIMENT).id()).isEqualTo("first");

        SERVER.verify(
                1,
                postRequestedFor(urlPathEqualTo(API + "runs/delete"))
                        .withRequestBody(equalToJson("{\"run_id\":\"second\"}")));
    }

    @Test
    @Proves("mlflow.idempotent-run")
    void start_keyThatOthersMayUse_deletesNoRun() {
        answerLateToTheLostAttempt();

        assertThat(client().runs()
                        .start(EXPERIMENT, r -> r.resumeKey("nightly"))
                        .id())
                .isEqualTo("second");

        SERVER.verify(0, postRequestedFor(urlPathEqualTo(API + "runs/delete")));
    }

    private static void answerLateToTheLostAttempt() {
        SERVER.stubFor(post(urlPathEqualTo(API + "runs/search"))
                .inScenario("twins")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(okJson("{}")));
        SERVER.stubFor(post(urlPathEqualTo(API + "runs/create"))
                .inScenario("twins")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE))
                .willSetStateTo("lost"));
        SERVER.stubFor(post(urlPathEqualTo(API + "runs/search"))
                .inScenario("twins")
                .whenScenarioStateIs("lost")
                .willReturn(okJson("{}")));
        SERVER.stubFor(post(urlPathEqualTo(API + "runs/create"))
                .inScenario("twins")
                .whenScenarioStateIs("lost")
                .willReturn(okJson("{\"run\":{\"info\":{\"run_id\":\"second\",\"experiment_id\":\"1\"}}}"))
                .willSetStateTo("both"));
        SERVER.stubFor(
                post(urlPathEqualTo(API + "runs/search"))
                        .inScenario("twins")
                        .whenScenarioStateIs("both")
                        .willReturn(
                                okJson(
                                        "{\"runs\":[{\"info\":{\"run_id\":\"first\",\"experiment_id\":\"1\"}},{\"info\":{\"run_id\":\"second\",\"experiment_id\":\"1\"}}]}")));
        SERVER.stubFor(post(urlPathEqualTo(API + "runs/delete")).willReturn(okJson("{}")));
    }

    @Test
    void withOptions_header_goesWithEachCallOfTheView() {
        run("x");
        client().withOptions(o -> o.header("X-A", "1"))
                .withOptions(o -> o.header("X-B", "2"))
                .runs()
                .get("r");

        SERVER.verify(getRequestedFor(urlPathEqualTo(API + "runs/get"))
                .withHeader("X-A", matching("1"))
                .withHeader("X-B", matching("2")));
    }

    @Test
    void trackingUri_withPrefix_isKept() {
        SERVER.stubFor(post(urlPathEqualTo("/ml" + API + "runs/delete")).willReturn(okJson("{}")));

        MlflowClient.builder()
                .trackingUri(SERVER.baseUrl() + "/ml/")
                .build()
                .runs()
                .delete("r");

        SERVER.verify(postRequestedFor(urlPathEqualTo("/ml" + API + "runs/delete")));
    }

    @Test
    void webPage_ofEachThing_isItsAddress() {
        MlflowClient mlflow =
                MlflowClient.builder().trackingUri("http://ml:5000/x/").build();

        assertThat(mlflow.webPage(Run.builder().id("r").experimentId("7").build()))
                .hasToString("http://ml:5000/x/#/experiments/7/runs/r");
        assertThat(mlflow.webPage(Experiment.builder().id("7").name("e").build()))
                .hasToString("http://ml:5000/x/#/experiments/7");
        assertThat(mlflow.webPage(
                        ModelVersion.builder().name("f l").version("3").build()))
                .hasToString("http://ml:5000/x/#/models/f%20l/versions/3");
    }

    @Test
    void build_noAddress_namesWhereOneMayBeSet() {
        assertThatThrownBy(() -> MlflowClient.builder().build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("FAIRLEAD_MLFLOW_URI");
    }
}
