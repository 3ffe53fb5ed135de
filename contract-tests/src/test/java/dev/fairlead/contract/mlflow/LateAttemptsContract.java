package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.ConflictException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.DatasetFilter;
import dev.fairlead.mlflow.LoggedModel;
import dev.fairlead.mlflow.ModelVersion;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.prompts.PromptVersion;
import dev.fairlead.mlflow.traces.Assessment;
import dev.fairlead.mlflow.traces.AssessmentSource;
import dev.fairlead.mlflow.traces.EvaluationDataset;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A create whose connection broke while the server was at work on it, and which ended only after it had been looked for in vain. */
abstract class LateAttemptsContract extends MlflowContract {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** Loses the answer of a create, and lets the lookup that follows see the time before it. */
    private void late(String create, String lookup, String nothing) {
        place.faults().dropNextReply(create, 1).failNext(lookup, 200, 1, JSON, nothing);
    }

    private void lateNamed(String create, String lookup) {
        place.faults()
                .dropNextReply(create, 1)
                .failNext(
                        lookup,
                        404,
                        1,
                        JSON,
                        "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\", \"message\": \"not there yet\"}");
    }

    @Test
    @Proves("mlflow.late-attempts")
    void run_madeTwice_isOne() {
        late("runs/create", "runs/search", "{}");

        ActiveRun run = start();

        assertThat(runs.search(q -> q.addExperiment(experiment)))
                .extracting(Run::id)
                .containsExactly(run.id());
        assertThat(allRuns()).hasSize(2);
    }

    @Test
    @Proves("mlflow.late-attempts")
    void version_madeTwice_isOne() {
        String name = unique("late");
        mlflow.models().ensure(name);
        late("model-versions/create", "model-versions/search", "{}");

        ModelVersion made = mlflow.models()
                .register(name, r -> r.source(URI.create("s3://b/m")))
                .await(Duration.ofSeconds(30));

        assertThat(made.version()).isEqualTo("1");
        assertThat(mlflow.models().versions(name))
                .extracting(ModelVersion::version)
                .containsExactly("1");
    }

    @Test
    @Proves("mlflow.late-attempts")
    void prompt_madeTwice_isOne() {
        String name = unique("late");
        late("model-versions/create", "model-versions/search", "{}");

        PromptVersion made = mlflow.prompts().register(name, "x");

        assertThat(made.version()).isEqualTo("1");
        assertThat(mlflow.prompts().versions(name).stream()).hasSize(1);
    }

    @Test
    @Proves("mlflow.late-attempts")
    void loggedModel_madeTwice_isOne() {
        late("POST mlflow/logged-models", "logged-models/search", "{}");

        LoggedModel made = mlflow.loggedModels().create(experiment, m -> m.name("late"));

        assertThat(mlflow.loggedModels().search(q -> q.addExperiment(experiment)))
                .extracting(LoggedModel::id)
                .containsExactly(made.id());
    }

    @Test
    @Proves("mlflow.late-attempts")
    void dataset_madeTwice_isOne() {
        String name = unique("late");
        late("datasets/create", "datasets/search", "{}");

        EvaluationDataset made = mlflow.traces().datasets().create(name, List.of(), Map.of());

        assertThat(mlflow.traces()
                        .datasets()
                        .search(List.of(), DatasetFilter.name().eq(name)))
                .extracting(EvaluationDataset::id)
                .containsExactly(made.id());
    }

    @Test
    @Proves("mlflow.late-attempts")
    void assessment_madeTwice_isOne() {
        String trace = OtlpJson.send(mlflow.traces().otlp(experiment), Instant.now(), false, Map.of());
        late(
                "POST traces/" + trace + "/assessments",
                "GET traces/" + trace,
                "{\"trace\": {\"trace_info\": {\"trace_id\": \"" + trace + "\"}}}");

        Assessment made =
                mlflow.traces().assess(trace, a -> a.name("kind").feedback(true).source(AssessmentSource.human("ada")));

        assertThat(mlflow.traces().get(trace).assessments())
                .extracting(Assessment::id)
                .containsExactly(made.id());
    }

    @Test
    @Proves("mlflow.late-attempts")
    void experiment_whoseNameTheLateAttemptTook_isAdopted() {
        String name = unique("late");
        lateNamed("experiments/create", "experiments/get-by-name");

        assertThat(mlflow.experiments().create(name, e -> {}).name()).isEqualTo(name);

        refusedWith(() -> mlflow.experiments().create(name, e -> {}), ConflictException.class, name);
    }

    @Test
    @Proves("mlflow.late-attempts")
    void model_whoseNameTheLateAttemptTook_isAdopted() {
        String name = unique("late");
        lateNamed("registered-models/create", "registered-models/get");

        assertThat(mlflow.models().create(name, m -> m.description("d")).description())
                .isEqualTo("d");

        refusedWith(() -> mlflow.models().create(name, m -> {}), ConflictException.class, name);
    }
}
