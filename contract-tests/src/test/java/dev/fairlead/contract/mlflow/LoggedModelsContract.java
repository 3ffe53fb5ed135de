package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.DatasetRef;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.LoggedModelStatus;
import dev.fairlead.mlflow.LoggedModels;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.ModelMetric;
import dev.fairlead.mlflow.ModelOutput;
import dev.fairlead.mlflow.ModelPackage;
import dev.fairlead.mlflow.ModelUri;
import dev.fairlead.mlflow.Order;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Logged models of MLflow 3. */
abstract class LoggedModelsContract extends MlflowContract {
    private LoggedModels models() {
        return mlflow.loggedModels();
    }

    private static ModelPackage onnx(int content) {
        return ModelsContract.onnx(new byte[] {(byte) content});
    }

    @Test
    @Proves("mlflow.logged-models")
    void logModel_isALoggedModelOfTheRun() {
        ActiveRun run = start();
        run.logParam("depth", 6).logMetric("loss", 0.5).logMetric("late", 0.1, 7);

        ModelUri uri = run.logModel("model", onnx(1));

        LoggedModel model = models().get(((ModelUri.LoggedModel) uri).id());
        assertThat(model.status()).isEqualTo(LoggedModelStatus.READY);
        assertThat(model.name()).isEqualTo("model");
        assertThat(model.experimentId()).isEqualTo(experiment.id());
        assertThat(model.sourceRunId()).contains(run.id());
        assertThat(model.params()).isEqualTo(Map.of("depth", "6"));
        assertThat(model.metrics()).extracting(m -> m.metric().key()).containsExactly("loss");
        assertThat(model.metrics()).extracting(ModelMetric::runId).containsExactly(run.id());
        assertThat(model.tags()).containsKeys("mlflow.user", "mlflow.source.name");
        assertThat(model.createdAt()).isPresent();
        assertThat(run.get().outputs()).containsExactly(new ModelOutput(model.id(), 0));
        assertThat(models().artifacts(model.id()).list())
                .extracting(Artifact::name)
                .contains("MLmodel", "model.onnx");
        assertThat(models().artifacts(model.id()).bytes("model.onnx")).containsExactly(1);
        assertThat(run.artifacts().list("")).isEmpty();
    }

    @Test
    @Proves("mlflow.logged-models")
    void logModel_uploadFails_isMarkedFailed_andGoesOnLater() {
        ActiveRun run = start();
        ModelPackage broken = ModelPackage.builder()
                .descriptor(d -> d.putFlavor("custom", Map.of()))
                .putFile("w.bin", new Once())
                .build();

        Assertions.assertThatThrownBy(() -> run.logModel("model", broken)).isInstanceOf(RuntimeException.class);

        LoggedModel failed = models().search(q -> q.addExperiment(experiment)).stream()
                .findFirst()
                .orElseThrow();
        assertThat(failed.status()).isEqualTo(LoggedModelStatus.UPLOAD_FAILED);
        refusedWith(
                () -> mlflow.models().download("runs:/" + run.id() + "/model", java.nio.file.Path.of("target/none")),
                NotFoundException.class,
                "has no files");
        ModelPackage whole = ModelPackage.builder()
                .descriptor(d -> d.putFlavor("custom", Map.of()))
                .putFile("w.bin", ArtifactSource.of("w"))
                .build();
        assertThat(run.logModel("model", whole)).isEqualTo(failed.uri());
        assertThat(models().get(failed.id()).status()).isEqualTo(LoggedModelStatus.READY);
    }

    /** Can be read once, to be known by its content, and not again. */
    private static final class Once implements ArtifactSource {
        private boolean read;

        @Override
        public java.io.InputStream open() throws IOException {
            if (read) {
                throw new IOException("the disk is gone");
            }
            read = true;
            return new java.io.ByteArrayInputStream(new byte[] {'w'});
        }

        @Override
        public long length() {
            return 1;
        }
    }

    @Test
    @Proves("mlflow.logged-models")
    void logModel_again_isTheSameModel_otherContentIsAnother() {
        ActiveRun run = start();
        place.faults().dropNextReply("runs/outputs", 1);
        ModelUri first = run.logModel("model", onnx(1));

        assertThat(runs.resume(run.id()).logModel("model", onnx(1))).isEqualTo(first);
        ModelUri second = run.logModel("model", onnx(2), 5);
        assertThat(second).isNotEqualTo(first);
        assertThat(models().search(q -> q.addExperiment(experiment))).hasSize(2);
        assertThat(run.get().outputs())
                .extracting(o -> ModelUri.logged(o.modelId()) + " " + o.step())
                .containsExactlyInAnyOrder(first + " 0", second + " 5");
        // several of one name: the one of the greatest step is meant
        String name = unique("of-run");
        assertThat(mlflow.models()
                        .register(name, r -> r.source(run.id(), "model"))
                        .await(java.time.Duration.ofSeconds(30))
                        .loggedModelId())
                .contains(((ModelUri.LoggedModel) second).id());
        assertThat(models().get(((ModelUri.LoggedModel) second).id()).tags().get("mlflow.modelVersions"))
                .contains(name);
    }

    @Test
    @Proves("mlflow.logged-models")
    void create_fillAndFinish_withoutARun() {
        place.faults().dropNextReply("POST mlflow/logged-models", 1);
        LoggedModel pending = models().create(
                        experiment,
                        m -> m.name("by hand")
                                .modelType("custom")
                                .putParam("a", "1")
                                .putTag("team", "it's ours"));
        assertThat(models().search(q -> q.addExperiment(experiment))).containsExactly(pending);
        assertThat(pending.status()).isEqualTo(LoggedModelStatus.PENDING);
        assertThat(pending.modelType()).isEqualTo("custom");
        assertThat(pending.sourceRunId()).isEmpty();
        String id = pending.id();

        models().artifacts(id).putText("notes.txt", "x");
        models().logParams(id, Map.of("b", 2));
        models().logParams(id, Map.of("b", 2, "c", 3));
        refusedWith(() -> models().logParams(id, Map.of("b", 9, "d", 1)), ConflictException.class, "UNIQUE");
        models().setTags(id, Map.of("k", "v", "team", "theirs", "a/b", "x"));
        assertThat(models().deleteTag(id, "k")).isTrue();
        assertThat(models().deleteTag(id, "k")).isFalse();
        refusedWith(() -> models().deleteTag(id, "a/b"), InvalidValueException.class, "slash");
        refusedWith(() -> models().deleteTag("m-none", "k"), NotFoundException.class, "m-none");
        LoggedModel ready = models().setStatus(id, LoggedModelStatus.READY);

        assertThat(ready.params()).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        assertThat(ready.tags())
                .containsEntry("team", "theirs")
                .containsEntry("a/b", "x")
                .doesNotContainKey("k");
        assertThat(models().find(id)).contains(ready);
        assertThat(models().delete(id)).isTrue();
        assertThat(models().find(id)).isEmpty();
        assertThat(models().delete("m-none")).isFalse();
        refusedWith(() -> models().get(id), NotFoundException.class, "logged-models/get", id);
        refusedWith(
                () -> models().create(experiment, m -> m.name("a.b")),
                InvalidValueException.class,
                "none of them one of / : . % or a quote");
    }

    @Test
    @Proves("mlflow.logged-models")
    void log_withoutARun_isReady() {
        LoggedModel model = models().log(experiment, onnx(3), m -> m.name("alone"));
        assertThat(model.status()).isEqualTo(LoggedModelStatus.READY);
        assertThat(models().artifacts(model.id()).walk("").map(Artifact::path)).contains("MLmodel", "model.onnx");
    }

    @Test
    @Proves("mlflow.model-metrics")
    void metrics_ofAModel_areKeptWithTheirDataset() {
        ActiveRun run = start();
        String id = models().create(experiment, m -> m.sourceRunId(run.id())).id();
        Instant at = Instant.ofEpochMilli(1_700_000_000_000L);
        List<Metric> metrics = List.of(new Metric("auc", 0.9, at, 0), new Metric("auc", 0.95, at, 1));

        place.faults().dropNextReply("runs/log-batch", 1);
        run.logModelMetrics(id, metrics, new DatasetRef("flights", "abc"));
        run.logModelMetrics(id, metrics, new DatasetRef("flights", "abc"));

        assertThat(models().get(id).metrics())
                .containsExactlyInAnyOrder(
                        new ModelMetric(metrics.get(0), run.id(), "flights", "abc"),
                        new ModelMetric(metrics.get(1), run.id(), "flights", "abc"));
        assertThat(run.get().metric("auc").orElseThrow().value()).isEqualTo(0.95);
        refusedWith(
                () -> run.logModelMetrics(id, metrics, new DatasetRef("other", "x")),
                ConflictException.class,
                "UNIQUE");
    }

    @Test
    @Proves("mlflow.model-links")
    void inputsAndOutputs_areReadBack_replaysAreHarmless() {
        ActiveRun run = start();
        String used = models().create(experiment, m -> m.name("used")).id();
        String made = models().create(experiment, m -> m.name("made")).id();
        String more = models().create(experiment, m -> m.name("more")).id();
        run.logModelInput(used).logModelInput(used);
        place.faults().dropNextReply("runs/outputs", 1);
        run.logOutputs(List.of(new ModelOutput(made, 3)));
        run.logOutputs(List.of(new ModelOutput(made, 3), new ModelOutput(more, 4)));

        assertThat(run.get().inputs().modelIds()).containsExactly(used);
        assertThat(run.get().outputs()).containsExactlyInAnyOrder(new ModelOutput(made, 3), new ModelOutput(more, 4));
    }

    @Test
    @Proves("mlflow.logged-model-search")
    void search_findsAndOrders() {
        ActiveRun run = start();
        for (int i = 1; i <= 5; i++) {
            int n = i;
            String id = models().create(
                            experiment,
                            m -> m.name("m" + n)
                                    .modelType(n < 3 ? "small" : "large")
                                    .putParam("n", "v" + n)
                                    .putTag("say it", "x\"y" + n)
                                    .sourceRunId(run.id()))
                    .id();
            run.logModelMetrics(
                    id,
                    List.of(new Metric("a score", 10 - n, Instant.ofEpochMilli(1000), 0)),
                    new DatasetRef(n < 4 ? "one" : "two", "d"));
        }

        assertThat(find(Filter.ALL)).containsExactly("m5", "m4", "m3", "m2", "m1");
        assertThat(find(Filter.attribute("name").eq("m2"))).containsExactly("m2");
        assertThat(find(Filter.attribute("model_type").ne("small"))).containsExactly("m5", "m4", "m3");
        assertThat(find(Filter.param("n").eq("v3").and(Filter.metric("a score").gt(6))))
                .containsExactly("m3");
        assertThat(find(Filter.metric("a score").le(6))).containsExactly("m5", "m4");
        assertThat(find(Filter.tag("say it").eq("x\"y4"))).containsExactly("m4");
        assertThat(find(Filter.attribute("source_run_id").eq(run.id()))).hasSize(5);
        assertThat(find(Filter.numericAttribute("creation_timestamp").gt(1))).hasSize(5);
        assertThat(models().search(q -> q.addExperiment(experiment)
                        .pageSize(2)
                        .addOrder(Order.metric("a score"))
                        .addOrder(Order.attribute("name").descending())))
                .extracting(LoggedModel::name)
                .containsExactly("m5", "m4", "m3", "m2", "m1");
        assertThat(models().search(q -> q.addExperiment(experiment).addDataset(new DatasetRef("two", "d"))))
                .extracting(LoggedModel::name)
                .containsExactlyInAnyOrder("m5", "m4");
        place.forgetRequests();
        for (Filter bad : List.of(
                Filter.attribute("status").eq("READY"),
                Filter.tag("k").eq("it's"),
                Filter.attribute("bogus").eq("x"))) {
            refusedWith(() -> find(bad), InvalidValueException.class, "filter must");
        }
        refusedWith(
                () -> models().search(q -> q.addExperiment(experiment).addOrder(Order.param("n"))),
                InvalidValueException.class,
                "orders must name a metric or an attribute");
        refusedWith(
                () -> models().search(q -> q.addExperiment(experiment).addDataset(new DatasetRef("one", null))),
                InvalidValueException.class,
                "datasets[one].digest must be set");
        assertThat(place.requests("logged-models/search")).isEmpty();
    }

    private List<String> find(Filter filter) {
        return models().search(q -> q.addExperiment(experiment).filter(filter)).stream()
                .map(LoggedModel::name)
                .toList();
    }
}
