package dev.fairlead.contract.flights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.examples.flights.FlightsOnTime;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.PythonEnvironments;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.RealServers.Kind;
import dev.fairlead.testing.server.S3Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main program, unchanged, on the real services: MLflow on S3, Airflow with pods on a real cluster, the Seldon operator, MLServer. */
@RanOn("mlflow 3.17.2, airflow 3.3.2, kubernetes 1.36.3, seldon 1.17.1, mlserver 1.7.1")
class FlightsOnTimeRealIT {
    private static final String NAMESPACE = "flights";

    @TempDir
    static Path folder;

    private static S3Server s3;
    private static MlflowServer mlflow;
    private static KubeCluster cluster;
    private static AirflowServer airflow;
    private static Initializer initializer;

    @BeforeAll
    static void startServers() throws Exception {
        RealServers.startInBackground(Kind.KUBERNETES, Kind.AIRFLOW, Kind.SELDON, Kind.MLSERVER);
        RealServers.require(Kind.MLFLOW);
        Path classPath = Path.of(System.getProperty("fairlead.root"), "s3-server", "target", "classpath.txt");
        s3 = S3Server.builder(Files.readString(classPath).strip()).start();
        s3.createBucket("mlflow");
        mlflow = MlflowServer.builder()
                .artifacts("s3://mlflow")
                .s3(s3.uri(), "any", "any")
                .start();
        cluster = RealServers.kubernetes();
        airflow = RealServers.airflow();
        RealServers.seldon();
        cluster.apply(
                "/api/v1/namespaces/" + NAMESPACE,
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + NAMESPACE + "\"}}");
        initializer = new Initializer(cluster, NAMESPACE, s3.files("mlflow"), RealServers.mlServer());
    }

    @AfterAll
    static void stopServers() {
        if (initializer != null) {
            initializer.close();
        }
        if (mlflow != null) {
            mlflow.close();
        }
        if (s3 != null) {
            s3.close();
        }
    }

    @Proves({"examples.flights-real", "examples.flights-again", "testing.real-python"})
    @Test
    void main_onRealServices_goesThroughAndAgainLeavesNoDuplicate() throws Exception {
        run();
        run();
        MlPlatform platform = MlPlatform.builder()
                .setting("mlflow.uri", mlflow.uri().toString())
                .withoutKubernetes()
                .build();
        MlflowClient client = MlflowClient.create(platform);
        var experiment = client.experiments().find("flights-on-time").orElseThrow();
        List<Run> runs = client.runs().search(q -> q.addExperimentId(experiment.id())).stream()
                .toList();
        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).status()).isEqualTo(RunStatus.FINISHED);
        assertThat(client.models().versions("flights-on-time")).hasSize(1);
        assertThat(client.loggedModels().search(q -> q.addExperiment(experiment)))
                .hasSize(1);
        assertThat(Files.readString(folder.resolve("report.html"))).contains("the services named", "success");
        gpuPodWasPlaced();
        pythonLoadsTheModel(runs.get(0).id());
    }

    private static void run() throws Exception {
        FlightsOnTime.main(new String[] {
            "--mlflow", mlflow.uri().toString(),
            "--mlflow-artifacts", "s3://mlflow",
            "--airflow", airflow.uri().toString(),
            "--airflow-user", airflow.admin().name(),
            "--airflow-password", airflow.admin().password(),
            "--airflow-dags", airflow.dags().toString(),
            "--kubeconfig", cluster.kubeconfig().toString(),
            "--namespace", NAMESPACE,
            "--report", folder.resolve("report.html").toString()
        });
    }

    /** The scheduler's own words: the train task's pod was placed, on a node with GPUs; so was each pod that serves. */
    private static void gpuPodWasPlaced() {
        List<String> placed =
                Initializer.items(cluster.get("/api/v1/events?fieldSelector=reason%3DScheduled")
                                .orElseThrow())
                        .stream()
                        .map(event -> String.valueOf(event.get("message")))
                        .toList();
        assertThat(placed).anyMatch(m -> m.matches("Successfully assigned \\S+train\\S* to (a100|t4)-1"));
        List<Map<String, Object>> serving = Initializer.items(
                cluster.get("/api/v1/namespaces/" + NAMESPACE + "/pods").orElseThrow());
        assertThat(serving)
                .hasSize(3)
                .allMatch(pod -> JsonCodec.camelCase().text(pod).contains("\"nodeName\""));
    }

    /** What Python's MLflow loads from the same artifacts answers the same label on a row of the sample. */
    private static void pythonLoadsTheModel(String runId) throws Exception {
        Path model = initializer.copied().orElseThrow();
        String program = """
                import mlflow.onnx, mlflow.pyfunc, numpy, sys
                mlflow.onnx.load_model(sys.argv[1])
                model = mlflow.pyfunc.load_model(sys.argv[1])
                answer = model.predict({"input": numpy.zeros((3, 23), dtype=numpy.float32)})
                print("labels", list(map(int, numpy.ravel(answer["label"]))))
                """;
        Path script = Files.writeString(folder.resolve("load.py"), program, StandardCharsets.UTF_8);
        String output = PythonEnvironments.open()
                .require("mlserver-1.7.1")
                .python(Duration.ofMinutes(2), Map.of(), script.toString(), model.toString());
        assertThat(output).as("run " + runId).contains("labels [");
    }
}
