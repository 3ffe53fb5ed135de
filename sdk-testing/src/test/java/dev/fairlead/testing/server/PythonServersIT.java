package dev.fairlead.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers.Kind;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The servers from PyPI start and do the one thing each is for; the contract suites use them on every build. */
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "fairlead.campaign", matches = "full")
@RanOn("mlflow 3.17.2 and 2.22.5, airflow 3.3.2 and 2.11.2, mlserver 1.7.1")
class PythonServersIT {

    @BeforeAll
    static void start() {
        RealServers.startInBackground(Kind.MLSERVER, Kind.MLFLOW, Kind.MLFLOW_2, Kind.AIRFLOW, Kind.AIRFLOW_2);
    }

    @Test
    void mlflow_started_hasDefaultExperimentBehindItsProxy() {
        assertThat(experiments(RealServers.mlflow())).contains("\"artifact_location\": \"mlflow-artifacts:/0\"");
    }

    @Test
    void mlflow2_started_saysItsVersion() {
        MlflowServer mlflow = RealServers.mlflow2();
        assertThat(Http.ok(mlflow.uri().resolve("/version"))).contains("2.22.5");
        assertThat(experiments(mlflow)).contains("\"name\": \"Default\"");
    }

    private static String experiments(MlflowServer mlflow) {
        return Http.ok(mlflow.uri().resolve("/api/2.0/mlflow/experiments/search?max_results=5"))
                .orElseThrow();
    }

    @Test
    void airflow_users_logInWithTheirPasswords() {
        AirflowServer airflow = RealServers.airflow();
        for (ServerUser user : List.of(airflow.admin(), airflow.viewer())) {
            HttpRequest login = HttpRequest.newBuilder(airflow.uri().resolve("/auth/token"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(user.name(), user.password())))
                    .build();
            assertThat(Http.send(login)).map(HttpResponse::statusCode).contains(201);
        }
    }

    @Test
    void airflow2_viewer_readsAndMayNotTrigger() {
        AirflowServer airflow = RealServers.airflow2();
        URI pools = airflow.uri().resolve("/api/v1/pools");
        assertThat(status(basic(airflow.admin(), pools).GET().build())).isEqualTo(200);
        HttpRequest.Builder write = basic(airflow.viewer(), airflow.uri().resolve("/api/v1/variables"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"key\": \"a\", \"value\": \"b\"}"));
        assertThat(status(write.build())).isEqualTo(403);
    }

    private static HttpRequest.Builder basic(ServerUser user, URI uri) {
        String pair = user.name() + ":" + user.password();
        return HttpRequest.newBuilder(uri)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private static int status(HttpRequest request) {
        return Http.send(request).orElseThrow().statusCode();
    }

    @Test
    void mlServer_mlflowModel_isLoadedAndAnswers(@TempDir Path folder) {
        Path model = folder.resolve("model");
        PythonEnvironments.open()
                .require("mlserver-1.7.1")
                .python(Duration.ofMinutes(2), Map.of(), "-c", """
                import sys, numpy, mlflow.sklearn
                from sklearn.linear_model import LogisticRegression
                from mlflow.models import infer_signature
                x = numpy.array([[0.0], [1.0], [2.0], [3.0]])
                m = LogisticRegression().fit(x, [0, 0, 1, 1])
                mlflow.sklearn.save_model(m, sys.argv[1], signature=infer_signature(x, m.predict(x)))
                """, model.toString());
        MlServer server = RealServers.mlServer();
        server.loadMlflowModel("steps", model);
        HttpRequest infer = HttpRequest.newBuilder(server.uri().resolve("/v2/models/steps/infer"))
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"inputs": [{"name": "x", "shape": [2, 1], "datatype": "FP64", "data": [0.0, 3.0]}]}
                        """))
                .build();
        assertThat(Http.send(infer))
                .hasValueSatisfying(a -> assertThat(a.body()).contains("\"data\":[0,1]"));
        server.unload("steps");
    }

    @Test
    void mlServer_modelItCannotLoad_saysWhy() throws Exception {
        MlServer server = RealServers.mlServer();
        assertThat(Http.ok(server.uri().resolve("/v2")))
                .hasValueSatisfying(v -> assertThat(v).contains("1.7.1"));
        assertThat(Http.ok(server.metricsUri())).isPresent();
        var empty = Files.createDirectories(server.directory().resolve("no-model"));
        assertThatThrownBy(() -> server.loadMlflowModel("none", empty))
                .hasMessageContaining("is not an MLflow model: it has no file MLmodel");
        assertThatThrownBy(() -> server.load("unknown"))
                .hasMessageContaining("MLServer refused to load unknown (404)")
                .hasMessageContaining("Model unknown not found");
    }
}
