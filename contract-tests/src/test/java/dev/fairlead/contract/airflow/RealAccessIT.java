package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.admin.Health;
import dev.fairlead.airflow.admin.HealthPart;
import dev.fairlead.config.Endpoint;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A server that lets everybody in, whose tokens live seconds, and that loses its DAG processor at last. */
@RanOn("airflow 3.3.2")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealAccessIT {
    private static final int LIFE = 6;

    @TempDir
    static Path home;

    private static AirflowServer server;

    @BeforeAll
    static void start() {
        RealServers.skipped(RealServers.Kind.AIRFLOW).ifPresent(why -> RealServers.airflow());
        server = AirflowServer.builder()
                .directory(home)
                .env("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS", "True")
                .env("AIRFLOW__API_AUTH__JWT_EXPIRATION_TIME", String.valueOf(LIFE))
                .env("AIRFLOW__API_AUTH__JWT_LEEWAY", "0")
                .start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static AirflowClient client(Consumer<Endpoint.Builder> endpoint) {
        return AirflowClient.builder().uri(server.uri()).endpoint(endpoint).build();
    }

    /** The server ends tokens by its own clock. */
    private static void awaitExpired(AirflowClient bearer) {
        Eventually.holds("the token expires", Duration.ofSeconds(10L * LIFE), () -> {
            try {
                bearer.pools().list().stream().toList();
                return false;
            } catch (UnauthenticatedException e) {
                return true;
            }
        });
    }

    private static String token() {
        return String.valueOf(client(e -> e.credentials(CredentialsProvider.none()))
                .raw()
                .get("/auth/token")
                .get("access_token"));
    }

    @Test
    @Order(1)
    @Proves("airflow.login.everybody")
    void call_noCredentials_serverThatLetsEverybodyIn_worksPastTheLifeOfAToken() throws Exception {
        AirflowClient nobody = client(e -> e.credentials(CredentialsProvider.none()));

        assertThat(nobody.pools().list().stream()).isNotEmpty();
        awaitExpired(
                client(e -> e.credentials(CredentialsProvider.bearer(token())))); // is younger than the client's own
        assertThat(nobody.pools().list().stream()).isNotEmpty();
    }

    @Test
    @Order(2)
    @Proves("airflow.login.bearer")
    void call_tokenThatExpired_isRefusedWithTheSetting_aProviderIsAskedOnceMore() throws Exception {
        String short1 = token();
        AirflowClient fixed = client(e -> e.credentials(CredentialsProvider.bearer(short1)));
        assertThat(fixed.pools().list().stream()).isNotEmpty();
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<String> current = new AtomicReference<>(short1);
        CredentialsProvider own = new CredentialsProvider() {
            @Override
            public Optional<Credential> resolve(URI target) {
                return Optional.of(
                        Credential.token("Bearer", current.get(), Instant.now().plusSeconds(3600)));
            }

            @Override
            public void refused(Credential credential) {
                asked.incrementAndGet();
                current.set(token());
            }

            @Override
            public String describe() {
                return "a cloud's own tokens";
            }
        };
        AirflowClient cloud = client(e -> e.credentials(own));
        assertThat(cloud.pools().list().stream()).isNotEmpty();

        awaitExpired(fixed);

        assertThatThrownBy(() -> fixed.pools().list().stream().toList())
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("airflow.token")
                .hasMessageNotContaining(short1);
        assertThat(cloud.pools().list().stream()).isNotEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    @Order(3)
    @Proves("airflow.health")
    void health_dagProcessorKilled_isUnhealthyAndNamed() throws Exception {
        AirflowClient nobody = client(e -> e.credentials(CredentialsProvider.none()));
        assertThat(nobody.monitoring().health().healthy()).isTrue();

        dagProcessors().forEach(ProcessHandle::destroyForcibly);

        Health health = Eventually.get(
                "the server misses its DAG processor",
                Duration.ofMinutes(2),
                () -> Optional.of(nobody.monitoring().health()).filter(h -> !h.healthy()));
        assertThat(health.unhealthy()).extracting(HealthPart::name).containsExactly("dag_processor");
        assertThat(health.dagProcessor().lastHeartbeat()).isPresent();
        assertThatThrownBy(() -> nobody.monitoring().untilHealthy().await(Duration.ofSeconds(20)))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("dag_processor unhealthy, last heartbeat");
    }

    /** Those of this server: others run beside it. */
    private static Iterable<ProcessHandle> dagProcessors() {
        return () -> ProcessHandle.allProcesses()
                .filter(p -> read(p, "cmdline").contains("dag-processor"))
                .filter(p -> read(p, "environ").contains("AIRFLOW_HOME=" + home))
                .iterator();
    }

    private static String read(ProcessHandle process, String what) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), what), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
