package dev.fairlead.contract.seldon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.ModelSource;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.seldon.SeldonClient;
import dev.fairlead.seldon.SeldonDeployment;
import dev.fairlead.seldon.ServerImplementation;
import dev.fairlead.seldon.ServingProtocol;
import dev.fairlead.seldon.kserve.InferenceService;
import dev.fairlead.seldon.kserve.ModelFormat;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** From a name in MLflow's registry to pods that serve it: the object and its pods say where the model lies and what it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RegistryToServingContract {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final URI LIES = URI.create("s3://models/tiny/3");

    private SeldonContract.Place place;
    private MlPlatform platform;
    private MlPlatform registry;
    private KubeAccess kube;
    private MlflowClient mlflow;

    /** Opens a cluster with Seldon. */
    abstract SeldonContract.Place open();

    /** Returns MLflow's address. */
    abstract URI mlflow();

    @BeforeAll
    void start() {
        place = open();
        platform = place.connect();
        kube = PlatformSpi.of(platform).kube();
        registry = MlPlatform.builder()
                .setting("mlflow.uri", mlflow().toString())
                .withoutKubernetes()
                .build();
        mlflow = MlflowClient.create(registry);
    }

    @AfterAll
    void stop() throws Exception {
        if (platform != null) {
            SeldonClient seldon = SeldonClient.create(platform);
            seldon.deployments().list().forEach(d -> seldon.deployments().delete(d.name()));
            platform.close();
        }
        if (registry != null) {
            registry.close();
        }
        if (place != null) {
            place.close();
        }
    }

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    @Proves("seldon.model-from-registry")
    void deploy_modelByItsAlias_objectAndPodsSayWhatIsServed() {
        String name = unique("flights");
        try (ActiveRun run = mlflow.runs().start(mlflow.experiments().ensure("registry-to-serving"))) {
            ModelVersion version = mlflow.models()
                    .register(name, r -> r.source(LIES).runId(run.id()))
                    .await(SOON);
            mlflow.models().setAlias(name, "champion", version.version());
            Object downloaded = mlflow.raw()
                    .get("model-versions/get-download-uri", Map.of("name", name, "version", version.version()))
                    .get("artifact_uri");

            ModelSource champion = mlflow.models().resolve("models:/" + name + "@champion");
            assertThat(champion.storageUri()).isEqualTo(LIES).hasToString(String.valueOf(downloaded));

            SeldonClient.create(platform)
                    .deployments()
                    .deploy(deployment(champion))
                    .await(Duration.ofSeconds(90));

            Map<String, Object> object = kube.get(SeldonContract.KIND, platform.namespace(), "served");
            Map<String, Object> predictor = SeldonContract.<List<Map<String, Object>>>at(object, "spec", "predictors")
                    .get(0);
            assertThat(SeldonContract.<String>at(predictor, "graph", "modelUri"))
                    .isEqualTo(LIES.toString());
            says(predictor, name, version.version(), run.id());
            List<Map<String, Object>> pods =
                    kube.list(KubeAccess.Kind.POD, platform.namespace(), "fairlead.dev/model-name=" + name).stream()
                            .toList();
            assertThat(pods).hasSize(1);
            says(SeldonContract.at(pods.get(0), "metadata"), name, version.version(), run.id());

            InferenceService service = InferenceService.builder("served")
                    .predictor(p -> p.format(ModelFormat.MLFLOW).model(champion))
                    .build();
            Map<String, Object> kserve = SeldonContract.at(service.toTree(), "spec", "predictor");
            assertThat(SeldonContract.<String>at(kserve, "model", "storageUri")).isEqualTo(LIES.toString());
            says(kserve, name, version.version(), run.id());
        }
    }

    private static void says(Map<String, Object> object, String name, String version, String run) {
        assertThat(SeldonContract.<Map<String, Object>>at(object, "labels"))
                .containsEntry("fairlead.dev/model-name", name)
                .containsEntry("fairlead.dev/model-version", version);
        assertThat(SeldonContract.<Map<String, Object>>at(object, "annotations"))
                .containsEntry("fairlead.dev/run-id", run);
    }

    private static SeldonDeployment deployment(ModelSource source) {
        return SeldonDeployment.builder("served")
                .protocol(ServingProtocol.V2)
                .addPredictor(p -> p.name("main")
                        .server(ServerImplementation.MLFLOW)
                        .modelName("tiny")
                        .model(source))
                .build();
    }

    @Test
    @Proves("seldon.model-from-registry")
    void resolve_modelTheClusterCannotRead_isRefusedBeforeAnythingIsSent() {
        String name = unique("local");
        String run;
        try (ActiveRun logged = mlflow.runs().start(mlflow.experiments().ensure("registry-to-serving"))) {
            run = logged.id();
            mlflow.models().register(name, r -> r.source(logged.id(), "model")).await(SOON);
        }

        assertThatThrownBy(() -> mlflow.models().resolve(name + "/1"))
                .isInstanceOf(UnsupportedArtifactStoreException.class)
                .hasMessageContaining("artifactRoot(\"s3://…\")");
        ModelSource behind = ModelSource.of(URI.create("mlflow-artifacts:/1/models/m-1/artifacts"));
        assertThatThrownBy(() -> deployment(behind))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("predictors[0].graph.modelUri must be an address the cluster can read");
        ModelSource told = mlflow.models().artifactRoot(URI.create("s3://kept")).resolve(name + "/1");
        assertThat(deployment(told)
                        .predictors()
                        .get(0)
                        .graph()
                        .modelUri()
                        .orElseThrow()
                        .toString())
                .startsWith("s3://kept/")
                .endsWith("/" + run + "/artifacts/model");
    }
}
