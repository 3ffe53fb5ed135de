package dev.fairlead.airflow.rest;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagImportException;
import dev.fairlead.error.NotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file taken away while the server was about to read it leaves an import error of its own for a while. */
class VanishedFileTest {
    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private MlPlatform platform;
    private AirflowClient airflow;

    @BeforeEach
    void start() {
        server.start();
        server.stubFor(get(urlPathEqualTo("/api/v2/version")).willReturn(okJson("{\"version\":\"3.3.2\"}")));
        server.stubFor(
                get(urlPathEqualTo("/api/v2/dags/gone")).willReturn(okJson("{\"dag_id\":\"gone\",\"is_stale\":true}")));
        server.stubFor(post(urlPathEqualTo("/api/v2/dags/gone/dagRuns"))
                .willReturn(jsonResponse("{\"detail\":\"The DAG with dag_id: `gone` was not found\"}", 404)));
        platform = MlPlatform.builder()
                .withoutKubernetes()
                .endpoint("airflow", e -> e.uri(server.baseUrl()).bearer("t"))
                .build();
        airflow = AirflowClient.create(platform);
    }

    @AfterEach
    void stop() {
        platform.close();
        server.stop();
    }

    private void problem(String reason) {
        server.stubFor(get(urlPathEqualTo("/api/v2/importErrors"))
                .willReturn(okJson("{\"import_errors\":[{\"import_error_id\":1,\"timestamp\":\"2026-01-01T00:00:00Z\","
                        + "\"filename\":\"gone.py\",\"stack_trace\":\"Traceback\\n" + reason
                        + "\"}],\"total_entries\":1}")));
    }

    @Test
    void trigger_fileIsGone_saysSo() {
        problem("FileNotFoundError: [Errno 2] No such file or directory: '/dags/gone.py'");

        assertThatThrownBy(() -> airflow.runs().trigger("gone"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("its file is gone; deploy it again");
    }

    @Test
    void trigger_fileWantsAnotherThatIsNotThere_isAnImportError() {
        problem("FileNotFoundError: [Errno 2] No such file or directory: '/data/other.csv'");

        assertThatThrownBy(() -> airflow.runs().trigger("gone"))
                .isInstanceOf(DagImportException.class)
                .hasMessageContaining("/data/other.csv");
    }
}
