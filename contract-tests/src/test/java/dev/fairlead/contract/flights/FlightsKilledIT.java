package dev.fairlead.contract.flights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The main program is killed in a stage and run again, against an embedded platform that lives in a process of its own: it goes on, and leaves no
 * duplicate. One stage in every build, each one with {@code -Dfairlead.campaign=full}.
 */
@RanOn("fake")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlightsKilledIT {
    private static final String NAME = "flights-on-time";
    private static final Map<String, String> OPTIONS = Map.of(
            "mlflow.uri", "--mlflow",
            "mlflow.artifact-root", "--mlflow-artifacts",
            "airflow.uri", "--airflow",
            "airflow.username", "--airflow-user",
            "airflow.password", "--airflow-password",
            "airflow.dags-dir", "--airflow-dags",
            "kubernetes.kubeconfig", "--kubeconfig",
            "kubernetes.namespace", "--namespace",
            "seldon.uri", "--seldon");

    @TempDir
    Path folder;

    private Process embedded;
    private final Map<String, String> settings = new LinkedHashMap<>();

    static IntStream stages() {
        boolean full = "full".equals(System.getProperty("fairlead.campaign"));
        return full ? IntStream.rangeClosed(1, 8) : IntStream.of(4);
    }

    @BeforeAll
    void startPlatform() throws IOException {
        embedded = java("dev.fairlead.testing.EmbeddedPlatform", List.of());
        BufferedReader lines = embedded.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null && !line.equals("ready"); line = lines.readLine()) {
            if (OPTIONS.keySet().stream().anyMatch(line::startsWith)) {
                settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        assertThat(settings).hasSize(OPTIONS.size());
    }

    @AfterAll
    void stopPlatform() throws Exception {
        embedded.getOutputStream().close();
        assertThat(embedded.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Proves("examples.flights-killed")
    @ParameterizedTest(name = "killed after stage {0}")
    @MethodSource("stages")
    void main_killedAndRunAgain_goesOnAndLeavesNoDuplicate(int stage) throws Exception {
        Process first = flights();
        awaitLine(first, "[" + stage + "/9]");
        first.destroyForcibly().waitFor();
        Process again = flights();
        awaitLine(again, "[9/9]");
        assertThat(again.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(again.exitValue()).isZero();

        MlPlatform.Builder builder = MlPlatform.builder();
        settings.forEach(builder::setting);
        try (MlPlatform platform = builder.build()) {
            MlflowClient mlflow = MlflowClient.create(platform);
            var experiment = mlflow.experiments().find(NAME).orElseThrow();
            assertThat(mlflow.runs().search(q -> q.addExperimentId(experiment.id())))
                    .hasSize(1);
            assertThat(mlflow.models().versions(NAME)).hasSize(1);
            AirflowClient airflow = AirflowClient.create(platform);
            assertThat(airflow.dags().list()).hasSize(1);
            assertThat(airflow.runs().list("flights_on_time")).hasSize(1);
            assertThat(SeldonClient.create(platform).deployments().list()).hasSize(1);
        }
    }

    private Process flights() throws IOException {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.addAll(List.of(OPTIONS.get(key), value)));
        arguments.addAll(List.of("--report", folder.resolve("report.html").toString()));
        return java("dev.fairlead.examples.flights.FlightsOnTime", arguments);
    }

    private static void awaitLine(Process process, String start) throws IOException {
        StringBuilder seen = new StringBuilder();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.append(line).append('\n');
            if (line.startsWith(start)) {
                return;
            }
        }
        throw new AssertionError("no line " + start + " in:\n" + seen);
    }

    private static Process java(String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                main));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
