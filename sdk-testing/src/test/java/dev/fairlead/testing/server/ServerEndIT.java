package dev.fairlead.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers.Kind;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real servers leave nothing behind: no process, no port, and no folder unless one was given. */
@EnabledOnOs(OS.LINUX)
@RanOn("mlflow 3.17.2, mlserver 1.7.1, kubernetes 1.36.3")
class ServerEndIT {
    @TempDir
    Path folder;

    @Test
    @Proves("testing.real-end")
    void close_mlflowWithUsers_leavesNoProcessAndFreesThePort() throws Exception {
        runs(Kind.MLFLOW);
        MlflowServer mlflow = MlflowServer.builder().basicAuth().start();
        List<Long> processes = Processes.below(mlflow.sessions().get(0));
        assertThat(processes).isNotEmpty();
        assertThat(mlflow.admin()).map(ServerUser::toString).contains("ServerUser[admin, ***]");
        assertThat(Http.ok(mlflow.uri().resolve("/api/2.0/mlflow/experiments/search?max_results=1")))
                .as("without a password")
                .isEmpty();

        mlflow.close();

        assertThat(Processes.leftAfter(Duration.ofSeconds(2), processes)).isEmpty();
        assertThat(Ports.isFree(mlflow.uri().getPort())).isTrue();
        assertThat(mlflow.directory()).doesNotExist();
        assertThatCode(mlflow::close).doesNotThrowAnyException();
    }

    @Test
    @Proves("testing.real-end")
    void killMinus9_ofTheJvm_endsModelServerAndCluster() throws Exception {
        List<Kind> kinds = Stream.of(Kind.MLSERVER, Kind.KUBERNETES)
                .filter(kind -> RealServers.skipped(kind).isEmpty())
                .toList();
        Assumptions.assumeFalse(kinds.isEmpty());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                RealServers.class.getName()));
        kinds.forEach(kind -> command.add(kind.id()));
        Process jvm = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Integer> ports = new ArrayList<>();
        BufferedReader out = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null && !line.startsWith("Running"); line = out.readLine()) {
            address(line).ifPresent(uri -> ports.add(uri.getPort()));
        }
        List<Long> processes = Processes.below(jvm.pid());
        assertThat(ports).hasSameSizeAs(kinds);
        assertThat(processes).hasSizeGreaterThan(kinds.size());

        new ProcessBuilder("kill", "-9", String.valueOf(jvm.pid())).start().waitFor();

        assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Processes.leftAfter(Duration.ofSeconds(15), processes)).isEmpty();
        // A dead process's port is given back a moment later.
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (!ports.stream().allMatch(Ports::isFree) && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(ports).allMatch(Ports::isFree);
    }

    private static Optional<URI> address(String line) {
        int at = line.indexOf(" at http");
        return at < 0 || line.startsWith(" ")
                ? Optional.empty()
                : Optional.of(URI.create(line.substring(at + 4, line.indexOf(','))));
    }

    @Test
    void start_portTaken_failsBeforeAnythingRuns() throws Exception {
        runs(Kind.MLSERVER);
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() ->
                            MlServer.builder().httpPort(port).directory(folder).start())
                    .hasMessageContaining("MLServer cannot listen on port " + port + ": it is taken");
        }
    }

    @Test
    @Proves("testing.real-python")
    void require_halfMadeEnvironment_isMadeAnew() {
        runs(Kind.MLFLOW);
        PythonEnvironments environments = PythonEnvironments.open();
        Path home = environments.require("empty-for-tests", "# nothing\n").home();
        try {
            Folders.delete(home);
            Folders.write(home.resolve("bin").resolve("python"), "half a file");

            PythonEnvironment again = environments.require("empty-for-tests", "# nothing\n");

            assertThat(again.python(
                            Duration.ofSeconds(30),
                            Map.of("GREETING", "hello"),
                            "-c",
                            "import os; print(os.environ['GREETING'])"))
                    .isEqualToIgnoringNewLines("hello");
            assertThat(Files.exists(home.resolve(".fairlead-ready"))).isTrue();
        } finally {
            Folders.delete(home);
        }
    }

    @Test
    @Proves("testing.real-python")
    void require_uvFails_pipTakesOver() {
        Optional<Python> python = Python.find();
        Assumptions.assumeTrue(python.isPresent(), Python.MISSING);
        Path uv = folder.resolve("python").resolve("uv-" + python.get().tag());
        Folders.write(uv.resolve("bin/uv"), "#!/bin/sh\necho no index >&2\nexit 2\n")
                .toFile()
                .setExecutable(true);
        Folders.write(uv.resolve(".fairlead-ready"), "");
        List<String> said = new ArrayList<>();

        PythonEnvironment made = PythonEnvironments.open(folder, said::add).require("empty", "# 1 MB\n");

        assertThat(made.python(Duration.ofSeconds(30), Map.of(), "-c", "print('runs')"))
                .contains("runs");
        assertThat(said).hasSize(3);
        assertThat(said.get(0)).startsWith("Installing empty (1 MB) into ").endsWith(" with uv, once");
        assertThat(said.get(1))
                .startsWith("uv did not manage, pip takes over: ")
                .contains("no index");
        assertThat(said.get(2)).startsWith("Installed empty in ");
    }

    private static void runs(Kind kind) {
        RealServers.skipped(kind).ifPresent(reason -> Assumptions.abort(reason));
    }
}
