package dev.fairlead.internal.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ExecPluginTest {
    private static final String V1 = "client.authentication.k8s.io/v1";
    private static final URI SERVER = URI.create("https://10.0.0.1:6443");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    private void script(String body) throws IOException {
        Path file = Files.writeString(
                folder.resolve("plugin"), "#!/bin/sh\necho run >> \"$(dirname \"$0\")/runs\"\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static String answer(String token, Instant end) {
        String expiry = end == null ? "" : ",\"expirationTimestamp\":\"" + end + "\"";
        return "echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + V1 + "\",\"status\":{\"token\":\"" + token
                + "\"" + expiry + "}}'\n";
    }

    private int runs() throws IOException {
        Path runs = folder.resolve("runs");
        return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
    }

    private ExecPlugin plugin(Duration limit, Map<String, Object> more) {
        Map<String, Object> exec = new HashMap<>(Map.of("apiVersion", V1, "command", "./plugin"));
        exec.putAll(more);
        Map<String, Object> cluster = Map.of(
                "server", SERVER.toString(),
                "certificate-authority-data", Base64.getEncoder().encodeToString("PEM".getBytes()),
                "extensions",
                        List.of(Map.of(
                                "name", "client.authentication.k8s.io/exec", "extension", Map.of("audience", "a1"))));
        Path file = folder.resolve("config");
        return new ExecPlugin(
                new KubeconfigEntry("ann", "users[ann].exec", file, exec),
                new KubeconfigEntry("dev", "clusters[dev]", file, cluster),
                limit);
    }

    private CredentialsProvider provider(Map<String, Object> more) {
        return new ExecCredentials("plugin", plugin(Duration.ofSeconds(20), more), clock);
    }

    private static String token(CredentialsProvider provider) {
        return provider.resolve(SERVER).orElseThrow().headers().get("Authorization");
    }

    @Test
    @Proves("core.kube.exec-stderr")
    void resolve_pluginThatWarnsOnStderr_succeeds() throws IOException {
        script("echo 'WARNING: a new version is out' >&2\n" + answer("t1", null));
        assertThat(token(provider(Map.of()))).isEqualTo("Bearer t1");
    }

    @Test
    @Proves("core.kube.exec-stderr")
    void resolve_pluginThatFails_showsItsStderr() throws IOException {
        script("echo canary-out\necho 'please run: login --again' >&2\nexit 3\n");
        assertThatThrownBy(() -> token(provider(Map.of())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "the credential plugin './plugin' of user 'ann' of the kubeconfig " + folder.resolve("config")
                                + " ended with exit code 3; it wrote to stderr: please run: login --again");
    }

    @Test
    void resolve_pluginThatAnswersNonsense_neverShowsTheAnswer() throws IOException {
        script("echo 'token=canary-out'\n");
        assertThatThrownBy(() -> token(provider(Map.of())))
                .hasMessageContaining(
                        "wrote something that is not an ExecCredential in JSON to stdout; it wrote nothing to stderr")
                .message()
                .doesNotContain("canary-out");
        script("echo '{\"kind\":\"ExecCredential\",\"apiVersion\":\"" + V1 + "\",\"status\":{}}'\n");
        assertThatThrownBy(() -> token(provider(Map.of())))
                .hasMessageContaining("answered without a token and without a certificate");
        script("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"status\":{\"token\":\"t\"}}'\n");
        assertThatThrownBy(() -> token(provider(Map.of())))
                .hasMessageContaining(
                        "answered in apiVersion 'client.authentication.k8s.io/v1beta1', the kubeconfig asks for " + V1);
    }

    @Test
    @Proves("core.kube.exec-cache")
    void resolve_aThousandCalls_runThePluginOnceUntilItsExpiry() throws IOException {
        script(answer("t1", clock.instant().plus(Duration.ofHours(1))));
        CredentialsProvider provider = provider(Map.of());
        for (int i = 0; i < 1000; i++) {
            token(provider);
        }
        assertThat(runs()).isEqualTo(1);
        script(answer("t2", clock.instant().plus(Duration.ofHours(3))));
        clock.advance(Duration.ofHours(1));
        assertThat(token(provider)).isEqualTo("Bearer t2");
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void refused_keptToken_runsThePluginAgainOnce() throws IOException {
        script(answer("t1", null));
        CredentialsProvider provider = provider(Map.of());
        var first = provider.resolve(SERVER).orElseThrow();
        script(answer("t2", null));
        provider.refused(first);
        assertThat(token(provider)).isEqualTo("Bearer t2");
        provider.refused(first);
        assertThat(token(provider)).isEqualTo("Bearer t2");
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    @Proves("core.kube.exec-single-flight")
    void resolve_fiftyThreadsAtOnce_startOneProcess() throws Exception {
        script("sleep 0.3\n" + answer("t1", null));
        CredentialsProvider provider = provider(Map.of());
        ExecutorService threads = Executors.newFixedThreadPool(50);
        List<Callable<String>> calls = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.add(() -> token(provider));
        }
        for (Future<String> call : threads.invokeAll(calls)) {
            assertThat(call.get()).isEqualTo("Bearer t1");
        }
        threads.shutdown();
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    @Proves("core.kube.exec-timeout")
    void run_pluginThatHangs_isStoppedAtTheLimitWithItsChildren() throws IOException {
        script("echo waiting for the browser >&2\nsleep 60 & echo $! > \"$(dirname \"$0\")/child\"\nwait\n");
        long start = System.nanoTime();
        assertThatThrownBy(() -> plugin(Duration.ofSeconds(1), Map.of()).run())
                .hasMessageContaining(
                        "had not ended after 1 s and was stopped; it wrote to stderr: waiting for the browser");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(handle -> assertThat(handle.onExit()).succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    @Proves("core.kube.exec-no-shell")
    void run_argumentsWithShellSigns_reachThePluginAsTheyAre() throws IOException {
        script("printf '%s\\n' \"$@\" > \"$(dirname \"$0\")/args\"; echo \"$EXTRA\" > \"$(dirname \"$0\")/env\"\n"
                + answer("t", null));
        String nasty = "a b; touch $(pwd)/pwned `id` > x";
        plugin(
                        Duration.ofSeconds(20),
                        Map.of("args", List.of(nasty, "*"), "env", List.of(Map.of("name", "EXTRA", "value", "v1"))))
                .run();
        assertThat(Files.readAllLines(folder.resolve("args"))).containsExactly(nasty, "*");
        assertThat(folder.resolve("env")).hasContent("v1");
    }

    @Test
    @Proves("core.kube.exec-info")
    void run_provideClusterInfo_tellsThePluginServerAuthorityAndConfig() throws IOException {
        script("printf '%s' \"$KUBERNETES_EXEC_INFO\" > \"$(dirname \"$0\")/info\"\n" + answer("t", null));
        plugin(Duration.ofSeconds(20), Map.of("provideClusterInfo", true, "interactiveMode", "IfAvailable"))
                .run();
        Map<String, Object> info = JsonCodec.camelCase().object(Files.readAllBytes(folder.resolve("info")), "info");
        assertThat(info)
                .isEqualTo(Map.of(
                        "kind",
                        "ExecCredential",
                        "apiVersion",
                        V1,
                        "spec",
                        Map.of(
                                "interactive",
                                false,
                                "cluster",
                                Map.of(
                                        "server", "https://10.0.0.1:6443",
                                        "certificate-authority-data", "UEVN",
                                        "config", Map.of("audience", "a1")))));
        plugin(Duration.ofSeconds(20), Map.of()).run();
        assertThat(Files.readString(folder.resolve("info"))).doesNotContain("cluster");
    }

    @Test
    @Proves("core.kube.exec-info")
    void create_pluginThatWantsATerminal_isRefused() {
        assertThatThrownBy(() -> plugin(Duration.ofSeconds(1), Map.of("interactiveMode", "Always")))
                .hasMessageContaining(
                        "interactiveMode is Always: the plugin wants a terminal, which a program does not have");
    }

    @Test
    void run_pluginThatIsNotThere_showsItsInstallHint() {
        assertThatThrownBy(() -> plugin(
                                Duration.ofSeconds(1),
                                Map.of("command", "no-such-plugin-here", "installHint", "see https://example.org"))
                        .run())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the credential plugin 'no-such-plugin-here' of user 'ann'")
                .hasMessageContaining("cannot be started")
                .hasMessageEndingWith("; see https://example.org");
    }
}
