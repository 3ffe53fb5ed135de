package dev.fairlead.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.support.Proves;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ServerProcessTest {
    /** A server with a child, a child in a session of its own, and one that does not listen to SIGTERM. */
    static final String FAMILY =
            "sleep 300 & setsid sleep 300 & (trap '' TERM; while :; do sleep 1; done) & echo up; wait";

    @TempDir
    Path folder;

    @Test
    @Proves("testing.real-end")
    void close_familyOfProcesses_endsEveryOneOfThem() throws Exception {
        ServerGroup group = new ServerGroup("Family", Optional.of(folder), 1);
        group.start("server", List.of("sh", "-c", FAMILY), Map.of());
        group.await("first line", Duration.ofSeconds(10), () -> group.logs().contains("up"));
        long session = group.sessions().get(0);
        List<Long> family = Processes.below(session);
        assertThat(family)
                .as("sleep, setsid sleep, the stubborn one, their shells")
                .hasSizeGreaterThanOrEqualTo(4);

        group.close();

        assertThat(Processes.leftAfter(Duration.ofSeconds(2), family)).isEmpty();
        assertThat(Processes.alive(session)).isFalse();
        assertThat(group.running()).isFalse();
    }

    @Test
    void await_processEnds_saysExitCodeAndLog() {
        try (ServerGroup group = new ServerGroup("Broken", Optional.of(folder))) {
            group.start("server", List.of("sh", "-c", "echo no such database; exit 7"), Map.of());

            assertThatThrownBy(() -> group.await("answer", Duration.ofSeconds(20), () -> false))
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("Broken did not start: Broken server ended with exit code 7")
                    .hasMessageContaining("no such database")
                    .hasMessageContaining("all logs: " + folder);
        }
    }

    @Test
    void await_nothingHappens_endsAtDeadlineWithLog() {
        try (ServerGroup group = new ServerGroup("Slow", Optional.of(folder))) {
            group.start("server", List.of("sh", "-c", "echo loading; sleep 300"), Map.of());
            group.await("first line", Duration.ofSeconds(10), () -> group.logs().contains("loading"));

            assertThatThrownBy(() -> group.await("answer of its port", Duration.ofMillis(300), () -> false))
                    .hasMessageContaining("Slow did not start: no answer of its port within 0 s")
                    .hasMessageContaining("loading");
        }
    }

    @Test
    void port_taken_saysSo() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerGroup group = new ServerGroup("Second", Optional.of(folder))) {
            assertThatThrownBy(() -> group.port(taken.getLocalPort()))
                    .isInstanceOf(ServerException.class)
                    .hasMessage("Second cannot listen on port " + taken.getLocalPort()
                            + ": it is taken; end what holds it or leave the port to us");
        }
    }

    @Test
    void start_settingsOfTheUser_doNotReachTheServer() {
        ServerProcess process =
                ServerProcess.start("env", List.of("env"), Map.of("MLFLOW_X", "ours"), folder, folder.resolve("log"));

        assertThat(process.waitFor(Duration.ofSeconds(10))).isZero();

        List<String> seen = Folders.read(folder.resolve("log")).lines().toList();
        assertThat(seen).contains("MLFLOW_X=ours");
        assertThat(seen).noneMatch(line -> line.startsWith("AWS_") || line.startsWith("KUBECONFIG="));
    }
}
