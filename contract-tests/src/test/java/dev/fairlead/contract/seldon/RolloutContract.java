package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.seldon.DeploymentState;
import dev.fairlead.seldon.PredictorSpec;
import dev.fairlead.seldon.RolloutFailure;
import dev.fairlead.seldon.RolloutGuard;
import dev.fairlead.seldon.RolloutReturnedException;
import dev.fairlead.seldon.RolloutSpec;
import dev.fairlead.seldon.RolloutStep;
import dev.fairlead.seldon.RolloutVerdict;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.SeldonDeploymentStatus;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** What holds of traffic that is shifted step by step, watched by guards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RolloutContract {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final RolloutVerdict GOOD = RolloutVerdict.passed("good");

    private SeldonContract.Place place;
    private MlPlatform platform;
    private SeldonClient seldon;
    private String name;

    abstract SeldonContract.Place open();

    @BeforeAll
    void start() {
        place = open();
        platform = place.connect();
        seldon = SeldonClient.create(platform);
    }

    @AfterAll
    void stop() throws Exception {
        platform.close();
        place.close();
    }

    @BeforeEach
    void deploy(TestInfo test) {
        name = "r"
                + Integer.toHexString(
                        test.getTestMethod().orElseThrow().getName().hashCode());
        deploy(predictor("main").build());
    }

    @AfterEach
    void delete() {
        seldon.deployments().delete(name);
    }

    static PredictorSpec.Builder predictor(String predictor) {
        return PredictorSpec.builder()
                .name(predictor)
                .server(ServerImplementation.MLFLOW)
                .modelName("tiny")
                .modelUri("s3://models/tiny/" + predictor);
    }

    private void deploy(PredictorSpec predictor) {
        seldon.deployments()
                .deploy(SeldonDeployment.builder(name)
                        .protocol(ServingProtocol.V2)
                        .addPredictor(predictor)
                        .build())
                .await(LIMIT);
    }

    private RolloutSpec.Builder toNext() {
        return RolloutSpec.builder(name)
                .candidate(predictor("next").build())
                .steps(10, 100)
                .stepFor(Duration.ofMillis(500))
                .checkEvery(Duration.ofMillis(100));
    }

    private RolloutSpec.Builder toNext(Function<RolloutStep, RolloutVerdict> judge) {
        return toNext().addGuard(RolloutGuard.of("judge", judge));
    }

    private Map<String, Integer> traffic() {
        Map<String, Integer> traffic = new java.util.TreeMap<>();
        seldon.deployments()
                .get(name)
                .predictors()
                .forEach(p -> traffic.put(p.name(), p.traffic().orElse(-1)));
        return traffic;
    }

    /** The Deployments that are there. */
    private List<String> made() {
        return kube().list(KubeAccess.Kind.DEPLOYMENT, platform.namespace(), "seldon-deployment-id=" + name).stream()
                .map(d -> SeldonContract.<String>at(d, "metadata", "name"))
                .toList();
    }

    private KubeAccess kube() {
        return PlatformSpi.of(platform).kube();
    }

    @Test
    @Proves("seldon.guarded-rollout")
    void rollout_guardContent_movesStepByStepAndRemovesTheBaseline() {
        List<RolloutStep> asked = new ArrayList<>();
        List<Map<String, Integer>> seen = new ArrayList<>();
        List<String> progress = new ArrayList<>();

        SeldonDeploymentStatus status = seldon.deployments()
                .rollout(toNext(step -> {
                            asked.add(step);
                            seen.add(traffic());
                            return GOOD;
                        })
                        .build())
                .onProgress(p -> progress.add(p.state()))
                .await(LIMIT);

        assertThat(status.state()).isEqualTo(DeploymentState.AVAILABLE);
        assertThat(asked)
                .extracting(RolloutStep::percent)
                .isSorted()
                .containsOnly(10, 100)
                .contains(10, 100);
        assertThat(asked).allSatisfy(step -> {
            assertThat(step.baseline()).isEqualTo("main");
            assertThat(step.candidate()).isEqualTo("next");
            assertThat(step.deployment()).isEqualTo(name);
        });
        assertThat(seen).contains(Map.of("main", 90, "next", 10), Map.of("main", 0, "next", 100));
        assertThat(traffic()).isEqualTo(Map.of("next", 100));
        assertThat(made())
                .as("the baseline's pods are gone")
                .singleElement()
                .asString()
                .contains("next");
        assertThat(progress).contains("preparing", "shifting", "promoted", "done");
        assertThat(seldon.deployments().unfinishedRollouts()).isEmpty();
    }

    @Test
    @Proves("seldon.guarded-rollout-return")
    void rollout_guardRefuses_givesTheTrafficBackAndRemovesTheCandidate() {
        Operation<SeldonDeploymentStatus> rollout = seldon.deployments()
                .rollout(toNext(step -> step.percent() == 10
                                ? GOOD
                                : RolloutVerdict.failed("only " + step.percent() + " points"))
                        .build());

        RolloutReturnedException returned =
                catchThrowableOfType(RolloutReturnedException.class, () -> rollout.await(LIMIT));

        assertThat(returned)
                .hasMessage(
                        "seldon rollout of " + platform.namespace() + "/" + name
                                + " to 'next' gave the traffic back at 100 percent: judge: only 100 points; predictor 'next' was removed");
        assertThat(returned.reason()).isEqualTo("judge: only 100 points");
        assertThat(returned.percent()).isEqualTo(100);
        assertThat(traffic()).isEqualTo(Map.of("main", 100));
        assertThat(made())
                .as("the loser's pods are gone")
                .singleElement()
                .asString()
                .contains("main");
        assertThatThrownBy(() -> seldon.operation(rollout.id()).await(LIMIT))
                .as("another process learns the same")
                .hasMessage(returned.getMessage());
    }

    @Test
    @Proves("seldon.guarded-rollout-return")
    void rollout_candidateCannotRun_neverGetsTraffic() {
        PredictorSpec broken =
                place.broken(RolloutFailure.Kind.IMAGE, name, predictor("next").build());
        List<Map<String, Integer>> seen = new ArrayList<>();

        RolloutReturnedException returned = catchThrowableOfType(
                RolloutReturnedException.class,
                () -> seldon.deployments()
                        .rollout(toNext(step -> GOOD).candidate(broken).build())
                        .onProgress(p -> seen.add(traffic()))
                        .await(LIMIT));

        assertThat(returned.percent()).isZero();
        assertThat(returned.reason()).startsWith("predictor 'next', pod ").contains("of image");
        assertThat(seen).isNotEmpty().allSatisfy(t -> assertThat(t).containsEntry("main", 100));
        assertThat(traffic()).isEqualTo(Map.of("main", 100));
    }

    @Test
    @Proves("seldon.guarded-rollout-return")
    void cancel_inTheMiddle_givesTheTrafficBack() {
        AtomicReference<Operation<SeldonDeploymentStatus>> self = new AtomicReference<>();
        self.set(seldon.deployments()
                .rollout(toNext(step -> {
                            self.get().cancel();
                            return GOOD;
                        })
                        .build()));

        RolloutReturnedException returned = catchThrowableOfType(
                RolloutReturnedException.class, () -> self.get().await(LIMIT));

        assertThat(returned.reason()).isEqualTo("it was cancelled");
        assertThat(returned.percent()).isEqualTo(10);
        assertThat(traffic()).isEqualTo(Map.of("main", 100));
    }

    @Test
    @Proves("seldon.guarded-rollout-resume")
    void resume_inAnotherProcess_goesOn() {
        seldon.deployments().rollout(toNext(step -> GOOD).build());
        SeldonClient other = SeldonClient.create(platform);

        assertThat(other.deployments().unfinishedRollouts()).hasSize(1);
        assertThatThrownBy(() -> other.deployments().resume(name, RolloutGuard.of("another", step -> GOOD)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be of the rollout, which has [judge], was another");
        other.deployments().resume(name, RolloutGuard.of("judge", step -> GOOD)).await(LIMIT);
        assertThat(traffic()).isEqualTo(Map.of("next", 100));
    }

    @Test
    @Proves("seldon.guarded-rollout-resume")
    void operation_ofAnotherProcessWithoutItsFunction_givesBack() {
        String id = seldon.deployments()
                .rollout(toNext(step -> GOOD).patience(Duration.ofSeconds(1)).build())
                .id();

        RolloutReturnedException returned = catchThrowableOfType(
                RolloutReturnedException.class,
                () -> SeldonClient.create(platform).operation(id).await(LIMIT));

        assertThat(returned.reason()).contains("judge: only the process that began the rollout can tell");
        assertThat(traffic()).isEqualTo(Map.of("main", 100));
    }

    @Test
    @Proves("seldon.guarded-rollout")
    void rollout_besideOthers_isRefusedOrGivesWay() {
        Operation<SeldonDeploymentStatus> first =
                seldon.deployments().rollout(toNext(step -> GOOD).build());

        assertThatThrownBy(
                        () -> seldon.deployments().rollout(toNext(step -> GOOD).build()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("a rollout to 'next' is under way, at 0 percent")
                .hasMessageContaining("await or cancel operation " + first.id());
        deploy(predictor("main").build());
        assertThatThrownBy(() -> first.await(LIMIT))
                .isInstanceOf(OperationFailedException.class)
                .hasMessage("seldon rollout of " + platform.namespace() + "/" + name
                        + " to 'next' is over: the deployment was changed by others since, and stays as they left it");
        assertThat(traffic()).containsOnlyKeys("main");
    }

    @Test
    @Proves("seldon.guarded-rollout")
    void rollout_thatCannotBe_isRefusedAndChangesNothing() {
        assertThatThrownBy(() -> seldon.deployments()
                        .rollout(RolloutSpec.builder(name).candidate("nobody").build()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("candidate must be a predictor of '" + name + "', which has [main], was nobody");
        assertThatThrownBy(() ->
                        seldon.deployments().rollout(toNext().baseline("nobody").build()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(
                        "baseline must be one of [main], the predictors that answer beside the candidate, was nobody");
        assertThatThrownBy(() -> seldon.deployments()
                        .rollout(RolloutSpec.builder(name).candidate("main").build()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("baseline must be named, for beside the candidate there are []");
        assertThatThrownBy(() -> seldon.deployments()
                        .rollout(toNext().addGuard(RolloutGuard.errorRate(0.1)).build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("prometheus.uri");
        assertThatThrownBy(() -> seldon.deployments()
                        .rollout(
                                RolloutSpec.builder("no-such").candidate("main").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> seldon.deployments().resume(name))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no rollout is kept with the deployment");
        assertThat(traffic()).containsOnlyKeys("main");
    }
}
