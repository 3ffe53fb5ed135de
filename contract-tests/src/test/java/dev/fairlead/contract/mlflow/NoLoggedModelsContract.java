package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.LoggedModelStatus;
import dev.fairlead.mlflow.LoggedModels;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.ModelOutput;
import dev.fairlead.support.Proves;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A server before MLflow 3 has no logged models, and is not asked for them. */
abstract class NoLoggedModelsContract extends MlflowContract {
    @Test
    @Proves("mlflow.logged-models")
    void everyCall_isRefusedBeforeItIsSent() {
        LoggedModels models = mlflow.loggedModels();
        ActiveRun run = start();
        List<Metric> metrics = List.of(new Metric("a", 1, Instant.ofEpochMilli(1), 0));
        List<ThrowingCallable> calls = List.of(
                () -> models.get("m-1"),
                () -> models.find("m-1"),
                () -> models.create(experiment, m -> {}),
                () -> models.log(experiment, ModelsContract.onnx(new byte[1]), m -> {}),
                () -> models.setStatus("m-1", LoggedModelStatus.READY),
                () -> models.logParams("m-1", Map.of("a", 1)),
                () -> models.setTags("m-1", Map.of("a", "1")),
                () -> models.deleteTag("m-1", "a"),
                () -> models.delete("m-1"),
                () -> models.search(q -> q.addExperiment(experiment)).iterator().next(),
                () -> models.artifacts("m-1").list(),
                () -> mlflow.models().resolve("models:/m-1"),
                () -> run.logModelInput("m-1"),
                () -> run.logOutputs(List.of(new ModelOutput("m-1", 0))),
                () -> run.logModelMetrics("m-1", metrics));
        place.forgetRequests();

        for (ThrowingCallable call : calls) {
            refusedWith(
                    call,
                    UnsupportedByServerException.class,
                    "does not support logged models; it needs MLflow 3.0 or later",
                    "upgrade the tracking server");
        }
        assertThat(place.requests("*")).allMatch(r -> r.path().equals("/version"));
    }
}
