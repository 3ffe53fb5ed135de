package dev.fairlead.testing.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.inference.InferenceModel;
import dev.fairlead.inference.Tensor;
import dev.fairlead.seldon.RolloutFailedException;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.support.Proves;
import dev.fairlead.testing.VirtualClock;
import dev.fairlead.testing.kube.FakeKube;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Proves("testing.seldon")
class FakeSeldonTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Tensor X = Tensor.of("x", new float[] {1});

    private final VirtualClock clock = new VirtualClock();
    private FakeKube kube;
    private FakeSeldon fake;
    private MlPlatform platform;
    private SeldonClient seldon;

    @BeforeEach
    void start() {
        kube = FakeKube.start(clock);
        kube.store().upsert(KubeAccess.Kind.NAMESPACE, Map.of("metadata", Map.of("name", "ml")));
        fake = FakeSeldon.builder(kube)
                .clock(clock)
                .rolloutTime(Duration.ofSeconds(40))
                .model("s3://echo", in -> in)
                .model("s3://one", in -> List.of(Tensor.of("one", new int[] {1})))
                .start();
        MlPlatform.Builder builder = MlPlatform.builder()
                .kubeconfig(kube.kubeconfig())
                .namespace("ml")
                .endpoint("seldon", e -> e.uri(fake.gateway()));
        PlatformHooks.of(builder).clock(clock).sleeper(clock::sleep);
        platform = builder.build();
        seldon = SeldonClient.create(platform);
    }

    @AfterEach
    void stop() {
        platform.close();
        fake.close();
        kube.close();
    }

    private static SeldonDeployment split(int main, int canary) {
        return SeldonDeployment.builder("echo")
                .protocol(ServingProtocol.V2)
                .addPredictor(p -> p.name("main")
                        .server(ServerImplementation.MLFLOW)
                        .modelUri("s3://echo/1")
                        .traffic(main))
                .addPredictor(p -> p.name("canary")
                        .server(ServerImplementation.MLFLOW)
                        .modelUri("s3://one/1")
                        .traffic(canary))
                .build();
    }

    @Test
    void gateway_weights_areKeptOverAHundredCalls() {
        seldon.deployments().deploy(split(90, 10)).await(LIMIT);
        InferenceModel model = seldon.model("echo");

        for (int i = 0; i < 100; i++) {
            model.infer(X);
        }
        assertThat(fake.calls("ml", "echo", "main")).isEqualTo(90);
        assertThat(fake.calls("ml", "echo", "canary")).isEqualTo(10);

        seldon.deployments()
                .shiftTraffic("echo", Map.of("main", 0, "canary", 100))
                .await(LIMIT);
        for (int i = 0; i < 20; i++) {
            assertThat(model.infer(X).output().name()).isEqualTo("one");
        }
        assertThat(seldon.model("echo", "main").infer(X).output().name())
                .as("past the gateway")
                .isEqualTo("x");
    }

    @Test
    void gateway_shadow_getsACopyAndNeverAnswers() {
        seldon.deployments()
                .deploy(SeldonDeployment.builder("echo")
                        .protocol(ServingProtocol.V2)
                        .addPredictor(p -> p.name("main")
                                .server(ServerImplementation.MLFLOW)
                                .modelUri("s3://echo/1")
                                .traffic(100))
                        .addPredictor(p -> p.name("dark")
                                .server(ServerImplementation.MLFLOW)
                                .modelUri("s3://one/1")
                                .shadow(true)
                                .traffic(50))
                        .build())
                .await(LIMIT);

        for (int i = 0; i < 10; i++) {
            assertThat(seldon.model("echo").infer(X).output().name()).isEqualTo("x");
        }
        assertThat(fake.server("ml", "echo", "dark").orElseThrow().inferences("model"))
                .isEqualTo(5);
    }

    @Test
    void gateway_nothingThereOrNothingReady_saysSoAsEnvoyDoes() {
        fake.stuckPulling("echo", "main");
        seldon.deployments().deploy(split(100, 0));
        clock.advance(Duration.ofSeconds(60));

        assertThatThrownBy(() -> seldon.model("echo").infer(X))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("503 no healthy upstream");
        assertThatThrownBy(() -> seldon.inference("nope").infer("model", X)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> seldon.inference("echo", "main"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("no pod of Service echo-main is ready")
                .hasMessageContaining("wait for the rollout");
    }

    @Test
    void rollout_onAVirtualClock_takesNoTimeAndAllItsPhases() {
        Set<String> states = new LinkedHashSet<>();

        seldon.deployments()
                .deploy(split(90, 10))
                .onProgress(p -> states.add(p.state()))
                .await(LIMIT);

        assertThat(states).containsExactly("Creating", "done");
        assertThat(Duration.between(new VirtualClock().instant(), clock.instant()))
                .isGreaterThan(Duration.ofSeconds(40));
    }

    @Test
    void rollout_modelThatIsNotThere_failsWithTheLogOfTheInitializer() {
        SeldonDeployment nowhere = split(90, 10)
                .with(b -> b.predictors(List.of(
                        split(90, 10).predictors().get(0).with(p -> p.modelUri("s3://nowhere/1")),
                        split(90, 10).predictors().get(1))));

        assertThatThrownBy(() -> seldon.deployments().deploy(nowhere).await(LIMIT))
                .isInstanceOf(RolloutFailedException.class)
                .hasMessageContaining("the model could not be fetched from s3://nowhere/1 (exit code 1)")
                .hasMessageContaining("Failed to copy: directory not found: s3://nowhere/1");
    }

    @Test
    void heal_afterAScript_letsTheRolloutGoOn() {
        fake.unschedulable("echo", "canary");
        assertThatThrownBy(() -> seldon.deployments().deploy(split(90, 10)).await(LIMIT))
                .hasMessageContaining("predictor 'canary'")
                .hasMessageContaining(
                        "no node takes the pod: 0/1 nodes are available: 1 Insufficient cpu; ask for less");

        fake.heal("echo");

        assertThat(seldon.deployments().follow("echo").await(LIMIT).state().value())
                .isEqualTo("Available");
    }

    @Test
    void rollout_operatorThatFails_isNamedInItsWords() {
        fake.fail("echo", "never mind");
        assertThatThrownBy(() -> seldon.deployments().deploy(split(90, 10)).await(LIMIT))
                .hasMessageContaining("the operator reports: never mind");
    }
}
