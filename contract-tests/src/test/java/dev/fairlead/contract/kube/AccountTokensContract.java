package dev.fairlead.contract.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.MlPlatform;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.ManualClock;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster's token reaches a service: a tracking server that asks the API server whose the bearer is that it was sent. */
abstract class AccountTokensContract {
    static final String CLUSTER = "https://kubernetes.default.svc";
    private static final Kind ACCOUNT = new Kind("", "v1", "serviceaccounts", "ServiceAccount", true);
    private static final Kind REVIEW = new Kind("authentication.k8s.io", "v1", "tokenreviews", "TokenReview", false);

    private final List<String> users = new CopyOnWriteArrayList<>();
    private final List<String> bearers = new CopyOnWriteArrayList<>();
    private HttpServer service;
    private MlPlatform admin;
    KubeAccess kube;
    String ns;

    /** Returns a kubeconfig of somebody who may do everything. */
    abstract Path kubeconfig();

    /** Lets an account ask for tokens of its own. */
    abstract void letAskForTokens(String account);

    @BeforeEach
    void start() throws IOException {
        ns = "tokens-" + UUID.randomUUID().toString().substring(0, 8);
        admin = MlPlatform.builder().kubeconfig(kubeconfig()).namespace(ns).build();
        kube = PlatformSpi.of(admin).kube();
        kube.create(Kind.NAMESPACE, Map.of("metadata", Map.of("name", ns)));
        kube.create(ACCOUNT, Map.of("metadata", Map.of("name", "trainer")));
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::serve);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
        kube.delete(Kind.NAMESPACE, "", ns);
        admin.close();
    }

    /** Lets in whom the API server knows by a token for {@code mlflow}. */
    private void serve(HttpExchange exchange) throws IOException {
        String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .replaceFirst("^Bearer ", "");
        bearers.add(bearer);
        Map<String, Object> review = Map.of(
                "metadata",
                Map.of("name", "r"),
                "spec",
                Map.of("token", bearer, "audiences", List.of("mlflow", CLUSTER)));
        Object status = kube.create(REVIEW, review).get("status");
        boolean known = status instanceof Map<?, ?> map && Boolean.TRUE.equals(map.get("authenticated"));
        if (known) {
            users.add(String.valueOf(((Map<?, ?>) ((Map<?, ?>) status).get("user")).get("username")));
        }
        boolean version = exchange.getRequestURI().getPath().equals("/version");
        byte[] body = (known && version ? "3.17.0" : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? version ? 200 : 404 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    }

    private MlPlatform platform(CredentialsProvider credentials, UnaryOperator<MlPlatform.Builder> more) {
        return more.apply(MlPlatform.builder()
                        .kubeconfig(kubeconfig())
                        .namespace(ns)
                        .endpoint("mlflow", e -> e.uri(uri()).credentials(credentials)))
                .build();
    }

    private String bearer(MlPlatform platform) {
        return ((Credential.Token) PlatformSpi.of(platform)
                        .credentials("mlflow")
                        .resolve(uri())
                        .orElseThrow())
                .value();
    }

    private CredentialsProvider trainerItself() {
        try (MlPlatform any = platform(CredentialsProvider.kubernetesToken(CLUSTER, "trainer"), b -> b)) {
            return CredentialsProvider.bearer(bearer(any));
        }
    }

    @Test
    @Proves("core.kube.service-token")
    void call_withANamedAccountsToken_isKnownToTheService() {
        CredentialsProvider token = CredentialsProvider.kubernetesToken("mlflow", "trainer");
        try (MlPlatform platform = platform(token, b -> b)) {
            assertThat(MlflowClient.create(platform).server().version()).isEqualTo("3.17.0");
            MlflowClient.create(platform).server();
            assertThat(users).isNotEmpty().containsOnly("system:serviceaccount:" + ns + ":trainer");
            assertThat(bearers).as("one token, kept").containsOnly(bearers.get(0));
            assertThat(platform.describe())
                    .contains("the cluster's token of service account trainer for audience mlflow")
                    .doesNotContain(bearers.get(0));
        }
    }

    @Test
    void call_withATokenForAnotherAudience_isRefusedByTheService() {
        CredentialsProvider token = CredentialsProvider.kubernetesToken("airflow", ns + "/trainer");
        try (MlPlatform platform = platform(token, b -> b)) {
            assertThatThrownBy(() -> MlflowClient.create(platform).server()).hasMessageContaining("401");
            assertThat(bearers).as("asked for a fresh one once").hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    @Proves("core.kube.service-token")
    void call_asTheAccountItself_asksWhoItIs() {
        letAskForTokens("trainer");
        CredentialsProvider itself = trainerItself();
        try (MlPlatform platform =
                platform(CredentialsProvider.kubernetesToken("mlflow"), b -> b.kubernetesCredentials(itself))) {
            MlflowClient.create(platform).server();
            assertThat(users).containsOnly("system:serviceaccount:" + ns + ":trainer");
        }
    }

    @Test
    void call_whereOurOwnTokenIsMeantForTheAudience_usesItAndAsksNobody() {
        CredentialsProvider itself = trainerItself();
        try (MlPlatform platform =
                platform(CredentialsProvider.kubernetesToken(CLUSTER), b -> b.kubernetesCredentials(itself))) {
            assertThat(bearer(platform))
                    .isEqualTo(((Credential.Token) itself.resolve(uri()).orElseThrow()).value());
        }
    }

    @Test
    @Proves("core.kube.service-token")
    void token_nearItsEnd_isRenewedAndPastItsEndNeverSent() throws Exception {
        ManualClock clock = new ManualClock(Instant.now());
        CredentialsProvider token = CredentialsProvider.kubernetesToken("mlflow", "trainer");
        try (MlPlatform platform = platform(token, b -> {
            PlatformHooks.of(b).clock(clock);
            return b;
        })) {
            String first = bearer(platform);
            clock.advance(Duration.ofMinutes(40));
            assertThat(bearer(platform)).isEqualTo(first);
            clock.advance(Duration.ofMinutes(8));
            assertThat(bearer(platform)).as("nobody waits for the new one").isEqualTo(first);
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (bearer(platform).equals(first) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            String second = bearer(platform);
            assertThat(second).isNotEqualTo(first);
            clock.advance(Duration.ofHours(2));
            assertThat(bearer(platform)).isNotIn(first, second);
        }
    }

    @Test
    @Proves("core.kube.service-token")
    void token_forAnotherAddress_isNotGivenOut() {
        CredentialsProvider token = CredentialsProvider.kubernetesToken("mlflow", "trainer");
        try (MlPlatform platform = platform(token, b -> b)) {
            CredentialsProvider bound = PlatformSpi.of(platform).credentials("mlflow");
            assertThatThrownBy(() -> bound.resolve(URI.create("http://elsewhere.example.org")))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("the cluster's token of service account trainer for audience mlflow is for " + uri()
                            + " only, not for http://elsewhere.example.org");
        }
    }

    @Test
    void token_thatCannotBe_isRefusedSayingWhatToDo() {
        try (MlPlatform platform = platform(CredentialsProvider.kubernetesToken("mlflow"), b -> b)) {
            assertThatThrownBy(() -> bearer(platform))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("which is no service account")
                    .hasMessageContaining("name one, kubernetesToken(audience, serviceAccount)");
        }
        try (MlPlatform platform = platform(CredentialsProvider.kubernetesToken("mlflow", "nobody"), b -> b)) {
            assertThatThrownBy(() -> bearer(platform))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("404: serviceaccounts \"nobody\" not found");
        }
        assertThatThrownBy(() -> CredentialsProvider.kubernetesToken(" ", "No_Name"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("2 problems");
        assertThatThrownBy(() -> MlflowClient.builder()
                        .endpoint(e -> e.uri(uri()).kubernetesToken("mlflow"))
                        .build())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("the platform has no Kubernetes cluster")
                .hasMessageContaining("MlflowClient.create(platform)");
        assertThat(bearers).isEmpty();
    }

    @Test
    void chain_withAClusterToken_asksItInItsTurn() {
        CredentialsProvider chain = CredentialsProvider.chain(List.of(
                CredentialsProvider.bearerFromEnv("FAIRLEAD_NO_SUCH_VARIABLE"),
                CredentialsProvider.kubernetesToken("mlflow", "trainer")));
        try (MlPlatform platform = platform(chain, b -> b)) {
            MlflowClient.create(platform).server();
            assertThat(users).containsOnly("system:serviceaccount:" + ns + ":trainer");
        }
    }
}
