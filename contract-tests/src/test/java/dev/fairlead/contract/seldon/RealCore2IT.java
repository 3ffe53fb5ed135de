package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.contract.inference.Models;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.Tensor;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.core2.Core2Client;
import dev.fairlead.seldon.core2.Core2FailedException;
import dev.fairlead.seldon.core2.Core2Failure;
import dev.fairlead.seldon.core2.Core2Status;
import dev.fairlead.seldon.core2.DeletionHeldException;
import dev.fairlead.seldon.core2.ExplainerMethod;
import dev.fairlead.seldon.core2.ModelExplainer;
import dev.fairlead.seldon.core2.SeldonModel;
import dev.fairlead.seldon.core2.SeldonServer;
import dev.fairlead.seldon.core2.ServerFilter;
import dev.fairlead.seldon.core2.ServerFit;
import dev.fairlead.seldon.core2.ServerFits;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.SeldonCore2;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Models on the real scheduler, operator, agent and MLServer. */
@RanOn("seldon core 2.6.0")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCore2IT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final KubeAccess.Kind MODEL =
            new KubeAccess.Kind("mlops.seldon.io", "v1alpha1", "models", "Model", true);
    /** What the ServerConfig says. */
    private static final long MEMORY = 1L << 30;

    private static final List<String> CAPABILITIES = List.of("mlflow", "core2-it");

    private final String tiny = Models.tiny().toString();
    private MlPlatform platform;
    private MlPlatform gateway;
    private Core2Client core2;
    private Core2Status server;
    private Core2Status served;
    private final List<String> progress = new ArrayList<>();

    @BeforeAll
    void serve() {
        SeldonCore2 seldon = RealServers.seldon2();
        platform = connect(MlPlatform.builder());
        core2 = SeldonClient.create(platform).core2();
        server = core2.servers()
                .deploy(SeldonServer.builder("it-main")
                        .serverConfig("mlserver")
                        .capabilities(CAPABILITIES)
                        .replicas(1)
                        .build())
                .await(LIMIT);
        Operation<Core2Status> deployed = core2.models()
                .deploy(model("it-tiny").build())
                .onProgress(p -> progress.add(p.state() + ": " + p.detail()));
        assertThatThrownBy(() -> deployed.await(Duration.ofSeconds(4))).isInstanceOf(OperationTimeoutException.class);
        URI proxy = seldon.connect("it-main", 0, MEMORY, CAPABILITIES);
        served = core2.operation(deployed.id()).await(LIMIT);
        gateway = connect(MlPlatform.builder().setting("seldon.uri", proxy.toString()));
    }

    private static MlPlatform connect(MlPlatform.Builder builder) {
        return builder.kubeconfig(RealServers.kubernetes().kubeconfig())
                .namespace(SeldonCore2.NAMESPACE)
                .build();
    }

    @AfterAll
    void disconnect() {
        if (core2 != null) {
            core2.models().list().stream()
                    .filter(m -> m.name().startsWith("it-"))
                    .forEach(m -> core2.models().delete(m.name()));
            core2.servers().delete("it-main");
        }
        List.of(gateway, platform).forEach(MlPlatform::close);
    }

    private SeldonModel.Builder model(String name) {
        return SeldonModel.builder(name).storageUri(tiny).requirements(CAPABILITIES);
    }

    @Test
    @Proves("seldon.core2.deploy")
    void deploy_modelBeforeItsServer_waitsAndEndsWithTheServersWord() {
        assertThat(server.state() + server.reason()).contains("matches desired replicas");
        assertThat(progress)
                .anyMatch(
                        p -> p.startsWith("ScheduleFailed: no server for model 'it-tiny': ")
                                && p.contains(
                                        "server 'it-main' does not: none of its replicas has told the scheduler of itself yet"));
        assertThat(served.ready()).isTrue();
        assertThat(served.state()).isEqualTo("ModelAvailable");
        assertThat(served.generation()).isEqualTo(1);
        assertThat(core2.models().get("it-tiny"))
                .isEqualTo(model("it-tiny").namespace(SeldonCore2.NAMESPACE).build());
    }

    @Test
    @Proves("seldon.core2.predict")
    void inference_servedModel_answersAsTheModelItself() {
        float[] row = {1.5f, -2f, 0.25f};
        InferenceResponse answer = core2(gateway)
                .inference("it-tiny")
                // Envoy, which is not there, adds this one.
                .withOptions(o -> o.header("seldon-internal-model", "it-tiny_1"))
                .infer("it-tiny", Tensor.of("input", row, 1, 3));
        double[] expected = Models.expected(row);
        assertThat(answer.output("label").longs()[0]).isEqualTo((long) expected[0]);
        assertThat(answer.output("probabilities").floats()[1]).isCloseTo((float) expected[1], within(1e-5f));
    }

    private static Core2Client core2(MlPlatform at) {
        return SeldonClient.create(at).core2();
    }

    @Test
    @Proves("seldon.core2.deploy")
    void deploy_changedModel_isNotDoneByTheOldWord() {
        Core2Status first = core2.models().deploy(model("it-changing").build()).await(LIMIT);
        Core2Status second = core2.models()
                .deploy(model("it-changing").addRequirement("mlflow").build())
                .await(LIMIT);
        Core2FailedException broken = catchThrowableOfType(
                Core2FailedException.class,
                () -> core2.models()
                        .deploy(model("it-changing").storageUri("/not/there").build())
                        .await(LIMIT));
        Core2Status healed = core2.models().deploy(model("it-changing").build()).await(LIMIT);
        // To the scheduler the same model: it says nothing new, and nothing new is waited for.
        Operation<Core2Status> same = core2.models()
                .deploy(model("it-changing").minReplicas(1).replicas(1).build());
        Core2Status unseen = same.await(Duration.ofSeconds(5));

        assertThat(List.of(first.generation(), second.generation(), healed.generation(), unseen.generation()))
                .containsExactly(1L, 2L, 4L, 5L);
        assertThat(broken.failure().kind()).isEqualTo(Core2Failure.Kind.LOAD);
        assertThat(broken)
                .hasMessageStartingWith(
                        "seldon model seldon-mesh/it-changing failed: Failed to sync/copy /not/there to ")
                .hasMessageEndingWith("; see whether its storageUri is there and its secret may read it");
        assertThat(core2.models()
                        .follow("it-changing")
                        .await(Duration.ofSeconds(20))
                        .ready())
                .isTrue();
    }

    @Test
    @Proves("seldon.core2.why-no-server")
    void explain_modelThatFitsNowhere_saysWhatTheSchedulerSays() {
        Map<SeldonModel, ServerFilter> cases = new LinkedHashMap<>(Map.of(
                model("it-needs").addRequirement("torch").build(),
                ServerFilter.REQUIREMENTS,
                model("it-typed").modelType("xgboost").build(),
                ServerFilter.REQUIREMENTS,
                model("it-large").memory("20Gi").build(),
                ServerFilter.MEMORY,
                model("it-named").server("another").build(),
                ServerFilter.NAMED,
                model("it-explains")
                        .explainer(ModelExplainer.ofModel(ExplainerMethod.of("anchor_tabular"), "it-tiny"))
                        .build(),
                ServerFilter.EXPLAINER,
                model("it-many").replicas(3).build(),
                ServerFilter.REPLICAS));
        List<ServerFits> before = core2.models().explain(List.copyOf(cases.keySet()));
        List<Operation<Core2Status>> deployed =
                cases.keySet().stream().map(core2.models()::deploy).toList();
        for (int i = 0; i < before.size(); i++) {
            Operation<Core2Status> operation = deployed.get(i);
            Core2FailedException failed =
                    catchThrowableOfType(Core2FailedException.class, () -> operation.await(LIMIT));
            ServerFits said = before.get(i);
            assertThat(failed.failure().kind()).isEqualTo(Core2Failure.Kind.NO_SERVER_FITS);
            assertThat(said.server("it-main").flatMap(ServerFit::filter))
                    .contains(List.copyOf(cases.values()).get(i));
            assertThat(failed.fits().orElseThrow().server("it-main")).isEqualTo(said.server("it-main"));
            // Servers of other suites the scheduler never forgets.
            assertThat(ofMain(RealCore2SchedulerIT.entries(
                            core2.models().status(said.model()).reason())))
                    .containsExactlyInAnyOrderElementsOf(ofMain(said.schedulersWords()));
        }
        assertThat(core2.models().explain("it-many").server("it-main").orElseThrow())
                .hasToString(
                        "server 'it-main' does not: the model wants 3 replicas and only 1 of the server can take one; give the"
                                + " server as many replicas, or ask for fewer");
        assertThat(core2.models()
                        .explain("it-tiny")
                        .server("it-main")
                        .orElseThrow()
                        .fits())
                .isTrue();
    }

    private static List<String> ofMain(List<String> words) {
        return words.stream().filter(w -> w.contains(" it-main")).toList();
    }

    @Test
    @Proves("seldon.core2.delete-finalizer")
    void delete_heldByAFinalizer_namesItInTime() {
        core2.models().deploy(model("it-going").build()).await(LIMIT);
        assertThat(core2.models().delete("it-going", LIMIT)).isTrue();
        assertThat(core2.models().find("it-going")).isEmpty();
        assertThat(core2.models().delete("it-going", LIMIT)).isFalse();

        KubeAccess kube = PlatformSpi.of(platform).kube();
        core2.models().apply(model("it-held").build());
        hold(kube, List.of("example.org/audit"));
        DeletionHeldException held = catchThrowableOfType(
                DeletionHeldException.class, () -> core2.models().delete("it-held", Duration.ofSeconds(3)));
        hold(kube, List.of());
        assertThat(held.finalizers()).contains("example.org/audit");
        assertThat(held)
                .hasMessageContaining("Model seldon-mesh/it-held is still there after 3 s, held by ")
                .hasMessageContaining("example.org/audit (not Seldon's: ask whoever put it there)");
    }

    private static void hold(KubeAccess kube, List<String> finalizers) {
        kube.mergePatch(
                MODEL, SeldonCore2.NAMESPACE, "it-held", Map.of("metadata", Map.of("finalizers", finalizers)), "");
    }

    @Test
    @Proves("seldon.core2.apply-again")
    void apply_amountsTheOperatorWritesAnew_changesNothing() {
        SeldonModel large =
                model("it-amounts").memory("1500.0M").server("core2-nowhere").build();
        SeldonServer pods = SeldonServer.builder("it-amounts")
                .serverConfig("mlserver")
                .pod("mlserver", p -> p.resources(r -> r.cpuRequest("1000m").memoryRequest("2048Mi")))
                .replicas(1)
                .build();
        core2.servers().deploy(pods).await(LIMIT);
        assertThatThrownBy(() -> core2.models().deploy(large).await(LIMIT)).isInstanceOf(Core2FailedException.class);
        SeldonModel stored = core2.models().get("it-amounts");
        SeldonServer storedPods = core2.servers().get("it-amounts");

        assertThat(core2.models().apply(large)).isEqualTo(stored);
        assertThat(core2.servers().apply(pods)).isEqualTo(storedPods);
        assertThat(core2.servers().plan(pods).isEmpty()).isTrue();
        assertThat(core2.models().plan(large.toBuilder().replicas(2).build()).changes())
                .extracting(Object::toString)
                .contains("+ .spec.replicas: 2");
        assertThatThrownBy(() ->
                        core2.models().deploy(large.toBuilder().replicas(0).build()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("spec.replicas must not become 0 for a model that is there");
        core2.servers().delete("it-amounts");
    }

    @Test
    void operation_strangeId_isRefused() {
        assertThatThrownBy(() -> core2.operation("models/a")).isInstanceOf(InvalidValueException.class);
    }
}
