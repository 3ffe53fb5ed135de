package dev.fairlead.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.support.Proves;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The servers of a JVM end with it, however it ends. */
@EnabledOnOs(OS.LINUX)
class GuardTest {
    @TempDir
    Path folder;

    /** The JVM that is going to end: starts a family of processes and says so. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            ServerGroup group = new ServerGroup("Victim", Optional.of(Path.of(arguments[0])), 1);
            group.start("server", List.of("sh", "-c", ServerProcessTest.FAMILY), Map.of());
            group.await("first line", Duration.ofSeconds(10), () -> group.logs().contains("up"));
            System.out.println("started");
            if (arguments[1].equals("exit")) {
                System.in.read();
                System.exit(0);
            }
            Thread.currentThread().join();
        }
    }

    @Test
    @Proves("testing.real-end")
    void killMinus9_ofTheJvm_leavesNoProcess() throws Exception {
        Process jvm = victim("hang");
        List<Long> family = Processes.below(jvm.pid());
        assertThat(family).hasSizeGreaterThanOrEqualTo(6);

        new ProcessBuilder("kill", "-9", String.valueOf(jvm.pid())).start().waitFor();

        assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Processes.leftAfter(Duration.ofSeconds(10), family)).isEmpty();
    }

    @Test
    @Proves("testing.real-end")
    void exit_ofTheJvm_waitsUntilAllAreGone() throws Exception {
        Process jvm = victim("exit");
        List<Long> family = Processes.below(jvm.pid());

        jvm.getOutputStream().close();

        assertThat(jvm.waitFor(15, TimeUnit.SECONDS)).isTrue();
        assertThat(Processes.leftAfter(Duration.ofSeconds(2), family)).isEmpty();
    }

    private Process victim(String way) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        way)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.readLine()).isEqualTo("started");
        return jvm;
    }
}
