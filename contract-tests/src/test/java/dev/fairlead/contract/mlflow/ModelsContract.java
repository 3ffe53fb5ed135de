package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.ModelSource;
import dev.fairlead.Operation;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.MlModel;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.RegisteredModel;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models: packages, registry, aliases. */
abstract class ModelsContract extends MlflowContract {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Models models() {
        return mlflow.models();
    }

    static ModelPackage onnx(byte[] model) {
        return ModelPackage.onnx(model)
                .signature(s -> s.addInput("input", "float32", -1, 3).addOutput("output", "float32", -1, 3))
                .putMetadata("trainer", "by hand")
                .build();
    }

    @Test
    @Proves("mlflow.log-model")
    void logModel_onnx_isAFolderWithADescription() {
        ActiveRun run = start();
        ModelUri uri = run.logModel("model", onnx(new byte[] {1, 2, 3}));

        Path local = models().download("runs:/" + run.id() + "/model", folder.resolve("model"));
        assertThat(models().download(uri, folder.resolve("again"))).isDirectoryContaining("glob:**MLmodel");
        assertThat(local.toFile().list())
                .containsExactlyInAnyOrder(
                        "MLmodel", "conda.yaml", "model.onnx", "python_env.yaml", "requirements.txt");
        MlModel read = MlModel.read(local);
        assertThat(read.runId()).contains(run.id());
        assertThat(read.flavors()).containsOnlyKeys("onnx", "python_function");
        assertThat(read.signature()).isEqualTo(onnx(new byte[0]).descriptor().signature());
        assertThat(read.metadata()).isEqualTo(Map.of("trainer", "by hand"));
        assertThat(local.resolve("model.onnx")).hasBinaryContent(new byte[] {1, 2, 3});
        if (has3()) {
            assertThat(uri).isEqualTo(ModelUri.logged(read.modelId().orElseThrow()));
            assertThat(read.artifactPath().orElseThrow())
                    .contains("/models/" + read.modelId().get());
        } else {
            assertThat(uri).hasToString("runs:/" + run.id() + "/model");
            assertThat(read.artifactPath()).contains("model");
            assertThat(run.artifacts().list("model")).extracting(Artifact::name).contains("MLmodel");
        }
    }

    @Test
    @Proves("mlflow.register")
    void register_runsModel_isReadyAndNumbered() {
        String name = unique("model");
        ActiveRun run = start();
        ModelUri logged = run.logModel("model", onnx(new byte[] {1}));

        Operation<ModelVersion> operation = models().register(
                        name, r -> r.source(logged).description("first").putTag("k", "v"));
        ModelVersion version = operation.await(SOON);

        assertThat(operation.id()).isEqualTo(name + "/1");
        assertThat(version.version()).isEqualTo("1");
        assertThat(version.runId()).contains(run.id());
        assertThat(version.source().orElseThrow().toString())
                .isEqualTo(has3() ? logged.toString() : run.artifacts().root() + "/model");
        assertThat(version.loggedModelId().isPresent()).isEqualTo(has3());
        assertThat(version.description()).isEqualTo("first");
        assertThat(version.tags()).containsEntry("k", "v");
        assertThat(models().operation(name + "/1").await(SOON).version()).isEqualTo("1");
        assertThat(models().version(name, "1").name()).isEqualTo(name);
    }

    @Test
    @Proves("mlflow.idempotent-version")
    void register_lostReply_makesOneVersion() {
        String name = unique("lost");
        place.faults().dropNextReply("model-versions/create", 1);

        ModelVersion version =
                models().register(name, r -> r.source(URI.create("s3://b/m"))).await(SOON);

        assertThat(models().versions(name)).extracting(ModelVersion::version).containsExactly(version.version());
    }

    @Test
    @Proves("mlflow.idempotent-version")
    void register_sameKey_isTheSameVersion() throws Exception {
        String name = unique("keyed");
        models().ensure(name);
        // each has looked and found nothing before the first is allowed to create
        place.faults().delayNext("model-versions/create", Duration.ofMillis(400), 4);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        Set<String> versions = new TreeSet<>();
        try {
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(() -> models().register(
                                name, r -> r.source(URI.create("s3://b/m")).key("train it's 1"))
                        .await(SOON)
                        .version());
            }
            for (Future<String> one : pool.invokeAll(all)) {
                versions.add(one.get());
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(versions).hasSize(1);
        assertThat(models().versions(name)).extracting(ModelVersion::version).containsExactlyElementsOf(versions);
        String again = models().register(
                        name, r -> r.source(URI.create("s3://b/m")).key("train it's 1"))
                .await(SOON)
                .version();
        assertThat(versions).containsExactly(again);
    }

    @Test
    @Proves("mlflow.registry")
    void registry_findsWhatThereIs() {
        String name = unique("registry");
        assertThat(models().find(name)).isEmpty();
        refusedWith(() -> models().get(name), NotFoundException.class, name);

        RegisteredModel made = models().ensure(name);
        assertThat(models().ensure(name)).isEqualTo(made);
        for (int i = 1; i <= 3; i++) {
            int n = i;
            models().register(name, r -> r.source(URI.create("s3://b/" + n)).putTag("n", "v" + n))
                    .await(SOON);
        }

        assertThat(models().versions(name)).extracting(ModelVersion::version).containsExactly("3", "2", "1");
        assertThat(models().version(ModelUri.latest(name)).version()).isEqualTo("3");
        Filter second = Filter.attribute("name").eq(name).and(Filter.tag("n").eq("v2"));
        assertThat(models().searchVersions(second))
                .extracting(ModelVersion::version)
                .containsExactly("2");
        assertThat(models().search(Filter.attribute("name").eq(name)))
                .extracting(RegisteredModel::name)
                .containsExactly(name);
        models().setVersionTag(name, "2", "note", "it's");
        assertThat(models().version(name, "2").tags()).containsEntry("note", "it's");
        assertThat(models().deleteVersion(name, "1")).isTrue();
        assertThat(models().deleteVersion(name, "1")).isFalse();
        assertThat(models().versions(name)).hasSize(2);
        assertThat(models().delete(name)).isTrue();
        assertThat(models().delete(name)).isFalse();
    }

    @Test
    @Proves("mlflow.aliases")
    void alias_movesAndGoes() {
        String name = unique("alias");
        for (int i = 1; i <= 2; i++) {
            models().register(name, r -> r.source(URI.create("s3://b/m"))).await(SOON);
        }

        assertThat(models().findByAlias(name, "champion")).isEmpty();
        models().setAlias(name, "champion", "1");
        models().setAlias(name, "champion", "2");
        assertThat(models().findByAlias(name, "champion").orElseThrow().version())
                .isEqualTo("2");
        assertThat(models().version(ModelUri.parse(name + "@champion")).aliases())
                .containsExactly("champion");
        assertThat(models().get(name).aliases()).isEqualTo(Map.of("champion", "2"));
        models().deleteAlias(name, "champion");
        models().deleteAlias(name, "champion");
        assertThat(models().findByAlias(name, "champion")).isEmpty();
        refusedWith(() -> models().setAlias(name, "champion", "77"), NotFoundException.class, "77");
        refusedWith(
                () -> models().version(ModelUri.alias(name, "none")),
                NotFoundException.class,
                "none not found",
                "registered-models/alias");
        for (String reserved : List.of("latest", "Latest", "v3", "a b", "")) {
            assertThatThrownBy(() -> models().setAlias(name, reserved, "1")).isInstanceOf(InvalidValueException.class);
        }
    }

    @Test
    @Proves("mlflow.resolve")
    void resolve_behindTheServer_needsToKnowWhereThatIs() {
        String name = unique("resolve");
        ActiveRun run = start();
        models().register(name, run.logModel("model", onnx(new byte[] {1}))).await(SOON);
        models().setAlias(name, "champion", "1");

        refusedWith(
                () -> models().resolve(name + "@champion"),
                UnsupportedArtifactStoreException.class,
                "a cluster cannot read models:/" + name + "@champion",
                "mlflow-artifacts:",
                "artifactRoot(\"s3://…\")",
                "mlflow.artifact-root");
        ModelSource source =
                models().artifactRoot(URI.create("s3://mlflow/kept")).resolve(name + "@champion");
        String kept = has3()
                ? run.get().outputs().get(0).modelId().replaceFirst("^", experiment.id() + "/models/") + "/artifacts"
                : experiment.id() + "/" + run.id() + "/artifacts/model";
        assertThat(source.storageUri()).hasToString("s3://mlflow/kept/" + kept);
        assertThat(source.name()).contains(name);
        assertThat(source.version()).contains("1");
        assertThat(source.runId()).contains(run.id());
        assertThat(models().artifactRoot(URI.create("s3://x"))
                        .resolve("runs:/" + run.id() + "/model")
                        .storageUri())
                .hasToString("s3://x/" + kept);
        if (has3()) {
            assertThat(models().artifactRoot(URI.create("s3://x"))
                            .resolve("models:/" + run.get().outputs().get(0).modelId())
                            .runId())
                    .contains(run.id());
        }
    }

    @Test
    @Proves("mlflow.resolve")
    void resolve_whereAClusterReads_isTheAddressItself() {
        String name = unique("s3");
        models().register(name, r -> r.source(URI.create("s3://models/flights/3")))
                .await(SOON);

        ModelSource source = models().resolve(name + "/1");

        assertThat(source.storageUri()).hasToString("s3://models/flights/3");
        assertThat(models().resolve("models:/" + name + "/latest").version()).contains("1");
        assertThat(models().resolve("gs://b/m").storageUri()).hasToString("gs://b/m");
        refusedWith(() -> models().resolve(name + "@none"), NotFoundException.class, "none");
        refusedWith(() -> models().resolve("file:///srv/m"), UnsupportedArtifactStoreException.class, "file:///srv/m");
    }

    @Test
    void logModel_anyFlavor_keepsItsFiles() {
        ActiveRun run = start();
        ModelPackage custom = ModelPackage.builder()
                .descriptor(d -> d.putFlavor("pmml", Map.of("data", "m.pmml", "version", "4.4")))
                .putFile("m.pmml", ArtifactSource.of("<PMML/>"))
                .putFile("code/a.py", ArtifactSource.of("pass"))
                .build();

        run.logModel("models/pmml", custom);

        assertThat(run.artifacts().walk("models/pmml").map(Artifact::path))
                .containsExactlyInAnyOrder("models/pmml/MLmodel", "models/pmml/m.pmml", "models/pmml/code/a.py");
        assertThat(MlModel.parse(run.artifacts().text("models/pmml/MLmodel"))
                        .flavors()
                        .get("pmml"))
                .isEqualTo(Map.of("data", "m.pmml", "version", "4.4"));
    }
}
