package dev.fairlead.contract.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.CallListener;
import dev.fairlead.MlPlatform;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.RateLimitedException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.kube.FakeKube;
import dev.fairlead.testing.kube.KubeRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our client does when the API server, or the way to it, fails. */
@RanOn("fake")
class KubeFaultsTest {
    @TempDir
    Path folder;

    private FakeKube fake;
    private MlPlatform platform;
    private KubeAccess kube;
    private final List<String> attempts = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        fake = FakeKube.start();
        platform = builder().build();
        kube = PlatformSpi.of(platform).kube();
    }

    @AfterEach
    void stop() {
        platform.close();
        fake.close();
    }

    private MlPlatform.Builder builder() {
        return MlPlatform.builder()
                .kubeconfig(fake.kubeconfig())
                .retry(r -> r.withPauses(Duration.ofMillis(1), Duration.ofMillis(5)))
                .addCallListener(new CallListener() {
                    @Override
                    public void onAttempt(Attempt attempt) {
                        attempts.add(attempt.operation() + " " + attempt.status());
                    }
                });
    }

    private static Map<String, Object> configMap(String name) {
        return Map.of("metadata", Map.of("name", name), "data", Map.of("x", "1"));
    }

    private static Deadline within(Duration time) {
        return Deadline.after(Clock.systemUTC(), time);
    }

    @Test
    @Proves("core.kube.one-retry-layer")
    void create_answered503_isSentOnce() {
        fake.failNext("create configmaps", 503, 9);
        assertThatThrownBy(() -> kube.create(Kind.CONFIG_MAP, configMap("a"))).isInstanceOf(ServiceException.class);
        int sent = fake.requests("create configmaps").size();
        fake.forgetRequests();
        try (MlPlatform once = builder().retry(r -> r.withMaxAttempts(1)).build()) {
            fake.failNext("create configmaps", 503, 9);
            assertThatThrownBy(() -> PlatformSpi.of(once).kube().create(Kind.CONFIG_MAP, configMap("a")))
                    .isInstanceOf(ServiceException.class);
        }
        assertThat(fake.requests("create configmaps")).hasSize(1);
        assertThat(sent).isLessThanOrEqualTo(3);
    }

    @Test
    @Proves("core.kube.create-adopted")
    void create_replyLost_adoptsWhatItMade() {
        fake.dropNextReply("create configmaps");
        Map<String, Object> made = kube.create(Kind.CONFIG_MAP, configMap("a"));
        assertThat(KubeContract.at(made, "metadata").get("uid"))
                .isEqualTo(KubeContract.at(
                                fake.store()
                                        .find(Kind.CONFIG_MAP, "default", "a")
                                        .orElseThrow(),
                                "metadata")
                        .get("uid"));
        assertThat(fake.requests("create configmaps")).hasSize(1);
        assertThat(attempts).containsExactly("create configmaps 0", "get configmaps 200");
    }

    @Test
    void delete_replyLost_stillTellsThatItWasThere() {
        kube.create(Kind.CONFIG_MAP, configMap("a"));
        fake.dropNextReply("delete configmaps");
        assertThat(kube.delete(Kind.CONFIG_MAP, "default", "a")).isTrue();
        assertThat(fake.requests("delete configmaps")).hasSize(2);
    }

    @Test
    void apply_serverIll_isRepeated() {
        fake.failNext("apply configmaps", 503, 1);
        fake.dropNextReply("apply configmaps");
        kube.apply(Kind.CONFIG_MAP, configMap("a"), KubeAccess.Apply.DEFAULT);
        assertThat(attempts).containsExactly("apply configmaps 503", "apply configmaps 0", "apply configmaps 200");
    }

    @Test
    void get_toldToWaitLongerThanItsDeadline_failsAtOnceWithTheHint() {
        fake.failNext("get configmaps", 429, 1, Map.of("Retry-After", "120"));
        assertThatThrownBy(() -> kube.get(Kind.CONFIG_MAP, "default", "a"))
                .isInstanceOfSatisfying(
                        RateLimitedException.class,
                        e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(120)));
        assertThat(fake.requests("get configmaps")).hasSize(1);
    }

    @Test
    void get_slowerThanItsTimeLimit_isATransportException() {
        try (MlPlatform hasty =
                builder().timeouts(t -> t.withCall(Duration.ofMillis(300))).build()) {
            fake.delayNext("get configmaps", Duration.ofSeconds(5));
            long start = System.nanoTime();
            assertThatThrownBy(() -> PlatformSpi.of(hasty).kube().get(Kind.CONFIG_MAP, "default", "a"))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("no answer in time");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void get_nobodyListens_namesTheServer() throws IOException {
        URI gone = fake.uri();
        fake.close();
        try (Socket kept = new Socket()) { // keeps the port from others and listens to nobody
            kept.setReuseAddress(true);
            kept.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), gone.getPort()));
            assertThatThrownBy(() -> kube.get(Kind.CONFIG_MAP, "default", "a"))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.outcomeUnknown()).isFalse())
                    .hasMessageContaining("connection refused: " + gone.getAuthority());
        }
    }

    @Test
    @Proves("core.kube.refresh-once")
    void get_tokenRotated_asksTheSourceAgainOnce() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "fake-token");
        try (MlPlatform rotating = builder()
                .kubernetesCredentials(CredentialsProvider.tokenFile(token))
                .build()) {
            KubeAccess access = PlatformSpi.of(rotating).kube();
            access.create(Kind.CONFIG_MAP, configMap("a"));
            fake.acceptToken("second-token");
            Files.writeString(token, "second-token");
            attempts.clear();
            access.get(Kind.CONFIG_MAP, "default", "a");
            assertThat(attempts).containsExactly("get configmaps 200");
            fake.acceptToken("third");
            assertThatThrownBy(() -> access.get(Kind.CONFIG_MAP, "default", "a"))
                    .isInstanceOf(UnauthenticatedException.class);
        }
    }

    @Test
    @Proves("core.kube.never-anonymous")
    void get_failingPlugin_sendsNoRequestAtAll() throws IOException {
        Path plugin = Files.writeString(folder.resolve("plugin"), "#!/bin/sh\necho 'no login' >&2\nexit 1\n");
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        String exec = "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never}";
        Path config = Files.writeString(
                folder.resolve("config"), fake.kubeconfigText().replace("token: fake-token", exec));
        try (MlPlatform failing = builder().kubeconfig(config).build()) {
            assertThatThrownBy(() -> PlatformSpi.of(failing).kube().get(Kind.CONFIG_MAP, "default", "a"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("no login");
        }
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    @Proves("core.kube.impersonation")
    void get_impersonatingUser_sendsEveryGroup() throws IOException {
        String user =
                "token: fake-token\n    as: boss\n    as-groups: [dev, ops]\n    as-uid: u1\n    as-user-extra: {scope: [a]}";
        Path config = Files.writeString(
                folder.resolve("config"), fake.kubeconfigText().replace("token: fake-token", user));
        try (MlPlatform acting = builder().kubeconfig(config).build()) {
            PlatformSpi.of(acting).kube().version();
            acting.unwrap(KubernetesClient.class).pods().inNamespace("default").list();
        }
        assertThat(fake.requests()).hasSize(2);
        for (KubeRequest request : fake.requests()) {
            assertThat(request.header("Impersonate-User")).containsExactly("boss");
            assertThat(request.header("Impersonate-Group")).containsExactly("dev", "ops");
            assertThat(request.header("Impersonate-Uid")).containsExactly("u1");
            assertThat(request.header("Impersonate-Extra-scope")).containsExactly("a");
        }
    }

    @Test
    @Proves("core.kube.closed-client")
    void unwrap_clientThatAUserClosed_harmsNobody() {
        KubernetesClient client = platform.unwrap(KubernetesClient.class);
        client.close();
        kube.version();
        assertThat(platform.unwrap(KubernetesClient.class).pods().list().getItems())
                .isEmpty();
        assertThatThrownBy(() -> platform.unwrap(String.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("io.fabric8.kubernetes.client.KubernetesClient, not on java.lang.String");
    }

    @Test
    void unwrap_tokenRotated_presentsTheNewOne() {
        AtomicInteger asked = new AtomicInteger();
        List<Credential> refused = new CopyOnWriteArrayList<>();
        CredentialsProvider provider = new CredentialsProvider() {
            @Override
            public Optional<Credential> resolve(URI target) {
                asked.incrementAndGet();
                return Optional.of(Credential.bearer(refused.isEmpty() ? "stale" : "fake-token"));
            }

            @Override
            public void refused(Credential credential) {
                refused.add(credential);
            }
        };
        try (MlPlatform rotating = builder().kubernetesCredentials(provider).build()) {
            assertThat(rotating.unwrap(KubernetesClient.class)
                            .configMaps()
                            .list()
                            .getItems())
                    .isEmpty();
        }
        assertThat(refused).hasSize(1);
    }

    @Test
    void list_manyObjects_comesInPagesAndIsReIterable() {
        for (int i = 0; i < 1100; i++) {
            fake.store().upsert(Kind.CONFIG_MAP, configMap("m" + String.format("%04d", i)));
        }
        var list = kube.list(Kind.CONFIG_MAP, "default", null);
        assertThat(list.stream()
                        .map(o -> String.valueOf(KubeContract.at(o, "metadata").get("name"))))
                .hasSize(1100)
                .isSorted();
        assertThat(list.stream().limit(3)).hasSize(3);
        assertThat(fake.requests("list configmaps")).hasSize(4);
    }

    @Test
    @Proves("core.watch.resume")
    void watch_streamCutAndForgotten_goesOnWhereItWas() throws Exception {
        kube.create(Kind.CONFIG_MAP, configMap("w"));
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch first = new CountDownLatch(1);
        fake.dropNextReply("watch configmaps");
        Thread writer = new Thread(() -> {
            try {
                first.await(10, TimeUnit.SECONDS);
                patch("2");
                awaitSeen(seen, "2");
                fake.store().forgetHistory();
                patch("3");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        writer.start();
        boolean held = kube.watch(
                Kind.CONFIG_MAP,
                "default",
                "w",
                object -> {
                    seen.add(String.valueOf(KubeContract.at(object, "data").get("x")));
                    first.countDown();
                    return seen.contains("3");
                },
                within(Duration.ofSeconds(20)));
        writer.join();
        assertThat(held).isTrue();
        assertThat(seen).containsSubsequence("1", "2", "3");
        assertThat(fake.requests("watch configmaps").size()).isGreaterThanOrEqualTo(2);
    }

    private void patch(String value) {
        kube.mergePatch(Kind.CONFIG_MAP, "default", "w", Map.of("data", Map.of("x", value)), "");
    }

    private static void awaitSeen(List<String> seen, String value) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!seen.contains(value) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void watch_silentStream_isTakenUpAnew() {
        try (MlPlatform impatient =
                builder().timeouts(t -> t.withIdle(Duration.ofMillis(200))).build()) {
            assertThat(PlatformSpi.of(impatient)
                            .kube()
                            .watch(
                                    Kind.CONFIG_MAP,
                                    "default",
                                    "w",
                                    object -> object != null,
                                    within(Duration.ofSeconds(1))))
                    .isFalse();
        }
        assertThat(fake.requests("watch configmaps").size()).isBetween(2, 6);
    }

    @Test
    void watch_interrupted_keepsTheFlagAndStops() throws Exception {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        List<Boolean> flag = new CopyOnWriteArrayList<>();
        Thread watcher = new Thread(() -> {
            try {
                kube.watch(Kind.CONFIG_MAP, "default", "w", object -> object != null, within(Duration.ofSeconds(30)));
            } catch (RuntimeException e) {
                thrown.add(e);
                flag.add(Thread.currentThread().isInterrupted());
            }
        });
        watcher.start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (fake.requests("watch configmaps").isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        watcher.interrupt();
        watcher.join(5_000);
        assertThat(watcher.isAlive()).isFalse();
        assertThat(thrown).hasSize(1);
        assertThat(thrown.get(0)).hasMessageContaining("interrupted");
        assertThat(flag).containsExactly(true);
    }

    @Test
    void followLogs_lineByLine_comesAsItIsWritten() throws IOException {
        fake.store().upsert(Kind.POD, pod("p", Map.of("phase", "Running")));
        fake.store().podLog("default", "p", "main", "one\n");
        try (InputStream log = kube.followLogs("default", "p", null)) {
            assertThat(new String(log.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("one\n");
            fake.store().podLog("default", "p", "main", "two\n");
            assertThat(new String(log.readNBytes(4), StandardCharsets.UTF_8)).isEqualTo("two\n");
        }
        assertThat(kube.logs("default", "p", "main", 1)).isEqualTo("two\n");
    }

    private static Map<String, Object> pod(String name, Map<String, Object> status) {
        return Map.of(
                "metadata", Map.of("name", name, "namespace", "default"),
                "spec", Map.of("containers", List.of(Map.of("name", "main", "image", "x"))),
                "status", status);
    }

    @Test
    void events_aboutAnObject_comeNewestLast() {
        fake.store().event("default", "Pod", "p", "Normal", "Scheduled", "first");
        fake.store().event("default", "Pod", "other", "Normal", "Scheduled", "not ours");
        fake.store().event("default", "Pod", "p", "Warning", "Failed", "second");
        assertThat(kube.events("default", "Pod", "p"))
                .extracting(e -> String.valueOf(e.get("reason")))
                .containsExactlyInAnyOrder("Scheduled", "Failed");
    }

    @Test
    @Proves("core.kube.port-forward")
    void portForward_megabytesBothWays_arriveWholeOnTheLoopbackAddressAlone() throws Exception {
        fake.store().upsert(Kind.POD, pod("p", Map.of("phase", "Running")));
        byte[] sent = new byte[3 << 20];
        new Random(7).nextBytes(sent);
        try (ServerSocket echo = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            fake.forwardPorts((namespace, pod, port) -> port == 8000
                    ? Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort()))
                    : Optional.empty());
            Thread server = new Thread(() -> echo(echo));
            server.setDaemon(true);
            server.start();
            try (KubeAccess.PortForward forward = kube.portForward("default", "p", 8000)) {
                assertThat(forward.uri().getHost()).isEqualTo("127.0.0.1");
                for (int i = 0; i < 2; i++) {
                    assertThat(Arrays.equals(exchange(forward.uri(), sent), sent))
                            .isTrue();
                }
            }
        }
    }

    private static void echo(ServerSocket listening) {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                socket.getInputStream().transferTo(socket.getOutputStream());
            } catch (IOException e) {
                return;
            }
        }
    }

    private static byte[] exchange(URI uri, byte[] sent) throws Exception {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            Thread writer = new Thread(() -> {
                try {
                    socket.getOutputStream().write(sent);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            byte[] back = socket.getInputStream().readNBytes(sent.length);
            writer.join();
            return back;
        }
    }

    @Test
    void portForward_nothingListensInThePod_closesTheConnection() throws Exception {
        fake.store().upsert(Kind.POD, pod("p", Map.of("phase", "Running")));
        try (KubeAccess.PortForward forward = kube.portForward("default", "p", 9);
                Socket socket =
                        new Socket(forward.uri().getHost(), forward.uri().getPort())) {
            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void admission_denied_isTheServersOwnWords() {
        List<Object> checked = new ArrayList<>();
        fake.store().onAdmission(Kind.CONFIG_MAP, object -> {
            checked.add(object.get("data"));
            return Optional.of(new dev.fairlead.testing.kube.KubeStore.Denial(
                    403, "Forbidden", "admission webhook \"v.example\" denied the request: no"));
        });
        assertThatThrownBy(() -> kube.apply(Kind.CONFIG_MAP, configMap("a"), KubeAccess.Apply.DEFAULT))
                .hasMessageContaining("403 Forbidden: admission webhook \"v.example\" denied the request: no");
        assertThat(checked).containsExactly(Map.of("x", "1"));
        assertThat(kube.find(Kind.CONFIG_MAP, "default", "a")).isEmpty();
    }

    @Test
    void controller_thatListens_isToldInOrderAndMayWrite() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        AutoCloseable listening = fake.store().onChange(KubeContract.GADGET, change -> {
            if (change.type().equals("ADDED")) {
                fake.store()
                        .upsertStatus(KubeContract.GADGET, change.namespace(), change.name(), Map.of("state", "Ready"));
            } else if (change.object().get("status") instanceof Map<?, ?>) {
                done.countDown();
            }
        });
        fake.store().addKind(KubeContract.GADGET);
        kube.apply(
                KubeContract.GADGET,
                Map.of("metadata", Map.of("name", "g"), "spec", Map.of()),
                KubeAccess.Apply.DEFAULT);
        boolean ready = kube.watch(
                KubeContract.GADGET,
                "default",
                "g",
                object -> object != null && object.containsKey("status"),
                within(Duration.ofSeconds(10)));
        assertThat(ready).isTrue();
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        listening.close();
    }
}
