package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.Models;
import dev.fairlead.mlflow.Promotion;
import dev.fairlead.mlflow.PromotionLostException;
import dev.fairlead.mlflow.RegisteredModel;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry: models, versions, copies, stages, promotion, downloads. */
abstract class RegistryContract extends MlflowContract {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Models models() {
        return mlflow.models();
    }

    private String withVersions(int count) {
        String name = unique("registry");
        for (int i = 1; i <= count; i++) {
            models().register(name, r -> r.source(URI.create("s3://b/m"))).await(SOON);
        }
        return name;
    }

    @Test
    @Proves("mlflow.registry")
    void model_isMadeRenamedAndDescribed() {
        String name = unique("made");
        RegisteredModel made = models().create(name, m -> m.description("first").putTag("team", "it's ours"));
        assertThat(made.description()).isEqualTo("first");
        assertThat(made.tags()).isEqualTo(Map.of("team", "it's ours"));
        refusedWith(() -> models().create(name, m -> {}), ConflictException.class, name, "already exists");

        models().register(name, r -> r.source(URI.create("s3://b/m"))).await(SOON);
        models().setAlias(name, "champion", "1");
        String next = unique("renamed");
        assertThat(models().rename(name, next).name()).isEqualTo(next);
        assertThat(models().find(name)).isEmpty();
        assertThat(models().get(next).aliases()).isEqualTo(Map.of("champion", "1"));
        assertThat(models().version(next, "1").name()).isEqualTo(next);

        assertThat(models().describe(next, "second").description()).isEqualTo("second");
        assertThat(models().describe(next, "").description()).isEmpty();
        models().setTag(next, "stage", "a");
        models().setTag(next, "stage", "b");
        models().deleteTag(next, "team");
        models().deleteTag(next, "team");
        assertThat(models().get(next).tags()).isEqualTo(Map.of("stage", "b"));
        assertThat(models().search(Filter.tag("stage")
                        .eq("b")
                        .and(Filter.attribute("name").like(next + "%"))))
                .extracting(RegisteredModel::name)
                .containsExactly(next);
        refusedWith(() -> models().rename(name, unique("x")), NotFoundException.class, name);
        String other = unique("other");
        models().ensure(other);
        refusedWith(() -> models().rename(other, next), ConflictException.class, next);
        refusedWith(() -> models().deleteTag(name, "k"), NotFoundException.class, name);
        refusedWith(() -> models().create("a/b", m -> {}), InvalidValueException.class, "must not be blank nor hold");
    }

    @Test
    @Proves("mlflow.registry")
    void create_andRename_lostReplies_areDoneOnce() {
        String name = unique("lost");
        place.faults().dropNextReply("registered-models/create", 1);
        assertThat(models().create(name, m -> m.description("d")).description()).isEqualTo("d");

        String next = unique("lost-renamed");
        place.faults().dropNextReply("registered-models/rename", 1);
        assertThat(models().rename(name, next).name()).isEqualTo(next);
    }

    @Test
    @Proves("mlflow.registry")
    void version_isDescribedAndTagged() {
        String name = withVersions(1);
        assertThat(models().describeVersion(name, "1", "good").description()).isEqualTo("good");
        models().setVersionTag(name, "1", "k", "v");
        assertThat(models().version(name, "1").tags()).containsEntry("k", "v");
        models().deleteVersionTag(name, "1", "k");
        models().deleteVersionTag(name, "1", "k");
        assertThat(models().version(name, "1").tags()).doesNotContainKey("k");
        refusedWith(() -> models().describeVersion(name, "7", "x"), NotFoundException.class, "version=7");
    }

    @Test
    @Proves("mlflow.copy-version")
    void copy_keepsWhatItIs_andReadsTheSameFiles() {
        String name = unique("source");
        ActiveRun run = start();
        ModelVersion first = models().register(
                        name,
                        r -> r.source(run.logModel("model", ModelsContract.onnx(new byte[] {7})))
                                .description("good")
                                .putTag("k", "v"))
                .await(SOON);
        String to = unique("copy");

        place.faults().dropNextReply("model-versions/create", 1);
        ModelVersion copy = models().copy(first, to).await(SOON);
        ModelVersion second = models().copy(copy, to).await(SOON);

        assertThat(copy.name()).isEqualTo(to);
        assertThat(models().versions(to)).extracting(ModelVersion::version).containsExactly("2", "1");
        assertThat(second.source()).contains(URI.create("models:/" + to + "/1"));
        assertThat(copy.source()).contains(URI.create("models:/" + name + "/1"));
        assertThat(copy.runId()).contains(run.id());
        assertThat(copy.description()).isEqualTo("good");
        assertThat(copy.tags()).containsEntry("k", "v");
        models().setAlias(to, "champion", "2");
        Path local = models().download(to + "@champion", folder.resolve("copy"));
        assertThat(local.resolve("model.onnx")).hasBinaryContent(new byte[] {7});
    }

    @Test
    @Proves("mlflow.register")
    void register_ofAnAlias_takesTheVersionItPointsAt() {
        String name = withVersions(2);
        models().setAlias(name, "champion", "1");
        String to = unique("of-alias");

        ModelVersion version =
                models().register(to, ModelUri.alias(name, "champion")).await(SOON);

        assertThat(version.source()).contains(URI.create("models:/" + name + "/1"));
        assertThat(models().resolve(version.uri()).storageUri()).hasToString("s3://b/m");
    }

    @Test
    @Proves("mlflow.stages")
    @SuppressWarnings("deprecation")
    void stages_areKept() {
        String name = withVersions(3);
        assertThat(models().version(name, "1").stage()).isEmpty();
        assertThat(models().transition(name, "1", "Production", false).stage()).contains("Production");
        assertThat(models().transition(name, "2", "Production", true).stage()).contains("Production");
        assertThat(models().version(name, "1").stage()).contains("Archived");
        assertThat(models().latestVersions(name, "Production"))
                .extracting(ModelVersion::version)
                .containsExactly("2");
        assertThat(models().latestVersions(name))
                .extracting(ModelVersion::version)
                .containsExactlyInAnyOrder("1", "2", "3");
        assertThat(models().version(ModelUri.parse("models:/" + name + "/Production"))
                        .version())
                .isEqualTo("2");
        place.forgetRequests();
        refusedWith(
                () -> models().transition(name, "1", "Best", false),
                InvalidValueException.class,
                "must be one of [Staging, Production, Archived, None]");
        refusedWith(
                () -> models().transition(name, "1", "Archived", true), InvalidValueException.class, "archiveOthers");
        assertThat(place.requests("model-versions/transition-stage")).isEmpty();
    }

    @Test
    @Proves("mlflow.promote")
    void promote_movesTheAlias_andReturns() {
        String name = withVersions(2);
        Promotion first = models().promote(name, "champion", "1", null);
        assertThat(first.previous()).isEmpty();
        Promotion second = models().promote(name, "champion", "2");

        assertThat(second.previous()).contains("1");
        assertThat(second.version()).isEqualTo("2");
        assertThat(models().get(name).aliases()).isEqualTo(Map.of("champion", "2"));
        assertThat(models().get(name).tags()).as("claims left behind").isEmpty();

        second.rollBack();
        assertThat(models().get(name).aliases()).isEqualTo(Map.of("champion", "1"));
        second.rollBack();
        first.rollBack();
        assertThat(models().findByAlias(name, "champion")).isEmpty();
        refusedWith(() -> models().promote(name, "champion", "9"), NotFoundException.class, "version=9");
        refusedWith(() -> models().promote(name, "latest", "1"), InvalidValueException.class, "reserved");
    }

    @Test
    @Proves("mlflow.promote")
    void promote_aliasElsewhere_isLostAndNamesTheWinner() {
        String name = withVersions(3);
        models().setAlias(name, "champion", "2");

        assertThatThrownBy(() -> models().promote(name, "champion", "3", "1"))
                .isInstanceOf(PromotionLostException.class)
                .hasMessageContaining("the alias champion of " + name + " was to move to version 3 from version 1, "
                        + "but it points at version 2: somebody else was first")
                .satisfies(
                        e -> assertThat(((PromotionLostException) e).winner()).contains("2"));
        assertThatThrownBy(() -> models().promote(name, "challenger", "3", "1"))
                .hasMessageContaining("but it points at nothing")
                .satisfies(
                        e -> assertThat(((PromotionLostException) e).winner()).isEmpty());
        assertThat(models().promote(name, "champion", "2", "1").version())
                .as("is there already")
                .isEqualTo("2");
        Promotion done = models().promote(name, "champion", "3", "2");
        models().setAlias(name, "champion", "1");
        refusedWith(done::rollBack, PromotionLostException.class, "points at version 1");
        assertThat(models().get(name).aliases()).isEqualTo(Map.of("champion", "1"));
    }

    @Test
    @Proves("mlflow.promote")
    void promote_atOnce_oneWinsAndTheOthersLearnWho() throws Exception {
        int promoters = 4;
        String name = withVersions(promoters + 1);
        for (int round = 0; round < 3; round++) {
            models().setAlias(name, "champion", "1");
            // the first to write has a slow connection: the others come in between
            place.faults().delayNext("registered-models/alias", Duration.ofMillis(300), 1);
            List<String> won = new ArrayList<>();
            List<String> told = new ArrayList<>();

            race(promoters, name, won, told);

            assertThat(won).hasSize(1);
            assertThat(told).hasSize(promoters - 1).containsOnly(won.get(0));
            assertThat(models().get(name).aliases()).isEqualTo(Map.of("champion", won.get(0)));
            assertThat(models().get(name).tags()).as("claims left behind").isEmpty();
        }
    }

    private void race(int promoters, String name, List<String> won, List<String> told) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(promoters);
        try {
            List<Future<Promotion>> all = new ArrayList<>();
            for (int i = 2; i <= promoters + 1; i++) {
                String version = Integer.toString(i);
                Callable<Promotion> one = () -> {
                    start.await();
                    return models().promote(name, "champion", version, "1");
                };
                all.add(pool.submit(one));
            }
            start.countDown();
            for (Future<Promotion> one : all) {
                try {
                    won.add(one.get().version());
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(PromotionLostException.class);
                    told.add(((PromotionLostException) e.getCause()).winner().orElseThrow());
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @Proves("mlflow.promote")
    void promote_lostReply_isDone() {
        String name = withVersions(2);
        models().setAlias(name, "champion", "1");
        place.faults().dropNextReply("POST registered-models/alias", 1);
        place.faults().dropNextReply("registered-models/set-tag", 1);

        assertThat(models().promote(name, "champion", "2").previous()).contains("1");
        assertThat(models().get(name).aliases()).isEqualTo(Map.of("champion", "2"));
    }

    @Test
    @Proves("mlflow.model-download")
    void download_everyForm_isTheModel() throws Exception {
        String name = unique("download");
        ActiveRun run = start();
        ModelPackage model = ModelPackage.builder()
                .descriptor(d -> d.putFlavor("custom", Map.of("data", "w.bin")))
                .putFile("w.bin", ArtifactSource.of(new byte[] {5}))
                .putFile("code/deep/a.py", ArtifactSource.of("pass"))
                .build();
        ModelUri logged = run.logModel("model", model);
        models().register(name, logged).await(SOON);
        models().setAlias(name, "champion", "1");
        List<String> references = new ArrayList<>(List.of(
                "runs:/" + run.id() + "/model",
                "models:/" + name + "/1",
                name + "/latest",
                name + "@champion",
                logged.toString()));
        ModelVersion version = models().version(name, "1");
        references.add(
                version.loggedModelId().isPresent()
                        ? mlflow.loggedModels()
                                .get(version.loggedModelId().get())
                                .artifactUri()
                                .toString()
                        : String.valueOf(version.source().orElseThrow()));

        for (int i = 0; i < references.size(); i++) {
            Path local = models().download(references.get(i), folder.resolve("m" + i));
            assertThat(local.resolve("w.bin")).as(references.get(i)).hasBinaryContent(new byte[] {5});
            assertThat(local.resolve("code/deep/a.py")).hasContent("pass");
            assertThat(ModelPackage.read(local).descriptor().flavors()).containsKey("custom");
        }
        assertThat(models().download("runs:/" + run.id() + "/model/code", folder.resolve("part"))
                        .resolve("deep/a.py"))
                .hasContent("pass");
        Path own = Files.createDirectories(folder.resolve("own"));
        model.write(own);
        assertThat(models().download(ModelUri.location(own.toUri()), folder.resolve("copied"))
                        .resolve("w.bin"))
                .hasBinaryContent(new byte[] {5});
        refusedWith(
                () -> models().download("runs:/" + run.id() + "/none", folder.resolve("none")),
                NotFoundException.class,
                "runs:/" + run.id() + "/none has no files");
        refusedWith(
                () -> models().download("gs://b/m", folder.resolve("gs")),
                UnsupportedArtifactStoreException.class,
                "gs://b/m lies at gs://b/m, which neither the server hands out nor this program can read");
    }
}
