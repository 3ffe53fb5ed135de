package dev.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fairlead.support.Proves;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs this consumer as its users would: a JVM of its own, on its own runtime class path. */
class FootprintTest {
    private static final double MAX_MEGABYTES = 6.5;
    private static final int MAX_JARS = 14;

    private static List<String> classpath() throws IOException {
        return List.of(Files.readString(Path.of(System.getProperty("consumer.classpath")))
                .strip()
                .split(File.pathSeparator));
    }

    private static boolean ours(String place) {
        return place.contains("fairlead-") || place.contains("sdk-");
    }

    @Proves("core.footprint")
    @Test
    void thirdPartyJars_mlflowOnly_areFewAndSmall() throws IOException {
        List<String> foreign = classpath().stream().filter(p -> !ours(p)).toList();
        long bytes = 0;
        for (String jar : foreign) {
            bytes += Files.size(Path.of(jar));
        }
        assertThat(foreign).hasSizeLessThanOrEqualTo(MAX_JARS).noneMatch(p -> p.contains("fabric8"));
        assertThat(bytes / 1e6).isLessThanOrEqualTo(MAX_MEGABYTES);
    }

    @Proves("core.without-kubernetes-client")
    @Test
    void publicTypes_withoutKubernetesClient_canBeReflectedUpon() throws Exception {
        List<String> places = classpath().stream().filter(FootprintTest::ours).toList();
        assertThat(run(ReflectOverAll.class, places)).contains("looked at").doesNotContain("Exception");
    }

    @Proves({"core.without-kubernetes-client", "core.jvm-ends"})
    @Test
    void program_thatClosesNothing_endsWithinTwoSecondsOfMain() throws Exception {
        Map<String, String> answers = Map.of(
                "/experiments/get-by-name", "{\"experiment\":{\"experiment_id\":\"1\",\"name\":\"consumer\",\"lifecycle_stage\":\"active\",\"artifact_location\":\"mlflow-artifacts:/1\"}}",
                "/runs/create", "{\"run\":{\"info\":{\"run_id\":\"r1\",\"run_uuid\":\"r1\",\"run_name\":\"n\",\"experiment_id\":\"1\",\"status\":\"RUNNING\",\"start_time\":1,\"artifact_uri\":\"mlflow-artifacts:/1/r1/artifacts\",\"lifecycle_stage\":\"active\"},\"data\":{}}}",
                "/version", "3.17.2");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                String path = exchange.getRequestURI().getPath();
                byte[] body = answers.entrySet().stream()
                        .filter(e -> path.endsWith(e.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("{}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            String output = run(LogOneRun.class, List.of("http://127.0.0.1:" + server.getAddress().getPort()));
            assertThat(output).contains("logged run r1");
        } finally {
            server.stop(0);
        }
    }

    /** Runs a main class; its last line must not come more than two seconds before the end of the JVM. */
    private static String run(Class<?> main, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("consumer.classes") + File.pathSeparator + String.join(File.pathSeparator, classpath()),
                main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        Instant lastLine = Instant.now();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                lastLine = Instant.now();
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output.toString()).isTrue();
        assertThat(Duration.between(lastLine, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(process.exitValue()).as(output.toString()).isZero();
        return output.toString();
    }
}
