package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.config.Endpoint;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A server that lets everybody in, whose tokens live seconds. */
@RanOn("airflow 3.3.2")
abstract class AccessSuite {
    abstract AirflowServer server();

    private AirflowClient client(Consumer<Endpoint.Builder> endpoint) {
        return AirflowClient.builder().uri(server().uri()).endpoint(endpoint).build();
    }

    /** The server ends tokens by its own clock. */
    private static void awaitExpired(AirflowClient bearer) {
        Eventually.holds("the token expires", Duration.ofMinutes(1), () -> {
            try {
                bearer.pools().list().stream().toList();
                return false;
            } catch (UnauthenticatedException e) {
                return true;
            }
        });
    }

    private String token() {
        return String.valueOf(client(e -> e.credentials(CredentialsProvider.none()))
                .raw()
                .get("/auth/token")
                .get("access_token"));
    }

    @Test
    @Proves({"airflow.login.everybody", "airflow.login.bearer"})
    void call_pastTheLifeOfAToken_nobodyWorksOn_aFixedTokenIsRefused_aProviderIsAskedOnce() throws Exception {
        AirflowClient nobody = client(e -> e.credentials(CredentialsProvider.none()));
        assertThat(nobody.pools().list().stream()).isNotEmpty(); // its token is older than all that follow
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

        assertThat(nobody.pools().list().stream()).isNotEmpty();
        assertThatThrownBy(() -> fixed.pools().list().stream().toList())
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("airflow.token")
                .hasMessageNotContaining(short1);
        assertThat(cloud.pools().list().stream()).isNotEmpty();
        assertThat(asked).hasValue(1);
    }
}
