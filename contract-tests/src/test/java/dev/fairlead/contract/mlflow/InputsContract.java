package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.InvalidValueException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Dataset;
import dev.fairlead.mlflow.DatasetInput;
import dev.fairlead.mlflow.DatasetSummary;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.SignatureField;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that runs use. */
abstract class InputsContract extends MlflowContract {
    private static Dataset.Builder flights() {
        return Dataset.builder()
                .name("flights")
                .digest(Dataset.digest(ArtifactSource.of("a,b\n1,2\n")))
                .source(URI.create("s3://data/flights.csv"))
                .schema(List.of(SignatureField.column("a", "long"), SignatureField.optionalColumn("b", "double")))
                .profile(Map.of("num_rows", 1000));
    }

    @Test
    @Proves("mlflow.inputs")
    void logInput_isReadBackWhole() {
        ActiveRun run = start();
        Dataset dataset = flights().build();
        run.logInput(dataset, "training");

        List<DatasetInput> read = run.get().inputs().datasets();

        assertThat(read).containsExactly(DatasetInput.of(dataset, "training"));
        assertThat(read.get(0).context()).contains("training");
        assertThat(read.get(0).dataset().sourceType()).isEqualTo("s3");
        assertThat(read.get(0).dataset().source()).isEqualTo("{\"uri\":\"s3://data/flights.csv\"}");
        assertThat(read.get(0).dataset().schema().orElseThrow())
                .isEqualTo("{\"mlflow_colspec\":[{\"type\":\"long\",\"name\":\"a\",\"required\":true},"
                        + "{\"type\":\"double\",\"name\":\"b\",\"required\":false}]}");
        assertThat(read.get(0).dataset().profile()).contains("{\"num_rows\":1000}");
        assertThat(read.get(0).dataset().digest()).matches("[0-9a-f]{32}");
        assertThat(start().get().inputs().datasets()).isEmpty();
        Run found = runs.search(q -> q.addExperiment(experiment)).stream()
                .filter(r -> r.id().equals(run.id()))
                .findFirst()
                .orElseThrow();
        assertThat(found.inputs().datasets()).hasSize(1);
    }

    @Test
    @Proves("mlflow.inputs")
    void logInputs_lostReply_isOneUse() {
        ActiveRun run = start();
        place.faults().dropNextReply("runs/log-inputs", 1);
        run.logInputs(List.of(
                DatasetInput.of(flights().build(), "training"),
                DatasetInput.of(flights().name("more").build())));
        run.logInput(flights().build(), "test");

        assertThat(run.get().inputs().datasets())
                .extracting(d -> d.dataset().name() + " " + d.context().orElse("-"))
                .containsExactlyInAnyOrder("flights training", "more -");
    }

    @Test
    @Proves("mlflow.inputs")
    void logInputs_overTheLimits_areRefusedBeforeSending() {
        ActiveRun run = start();
        place.forgetRequests();
        refusedWith(
                () -> flights()
                        .name("n".repeat(501))
                        .digest("d".repeat(37))
                        .sourceType("")
                        .build(),
                InvalidValueException.class,
                "name must have at most 500 characters",
                "digest must have at most 36 characters",
                "sourceType must not be blank");
        refusedWith(
                () -> flights()
                        .schema("s".repeat(1 << 20))
                        .profile("p".repeat(1 << 24))
                        .build(),
                InvalidValueException.class,
                "schema must have at most 1048575",
                "profile must have at most 16777215");
        refusedWith(
                () -> run.logInputs(List.of(new DatasetInput(flights().build(), Map.of("k", "v".repeat(501))))),
                InvalidValueException.class,
                "tags[k] must have at most 500 characters");
        assertThat(place.requests("runs/log-inputs")).isEmpty();
        run.logInputs(List.of(new DatasetInput(
                flights()
                        .name("n".repeat(500))
                        .digest("d".repeat(36))
                        .source("s".repeat(65535))
                        .build(),
                Map.of("k".repeat(255), "v".repeat(500)))));
        assertThat(run.get().inputs().datasets()).hasSize(1);
    }

    @Test
    @Proves("mlflow.datasets")
    void datasets_ofExperiments_areListed() {
        start().logInput(flights().build(), "training");
        start().logInputs(List.of(DatasetInput.of(flights().name("other").build())));
        List<String> ids = new ArrayList<>(List.of(experiment.id()));
        for (int i = 0; i < 20; i++) {
            Experiment more = mlflow.experiments().ensure(unique("more"));
            ids.add(more.id());
        }

        List<DatasetSummary> found = mlflow.experiments().datasets(ids);

        String digest = flights().build().digest();
        assertThat(found)
                .containsExactlyInAnyOrder(
                        new DatasetSummary(experiment.id(), "flights", digest, "training"),
                        new DatasetSummary(experiment.id(), "other", digest, null));
        assertThat(mlflow.experiments().datasets(List.of())).isEmpty();
    }

    @Test
    @Proves("mlflow.inputs")
    void dataset_ofAFile_isKnownByItsBytes(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a b.csv"), "x");
        Dataset dataset = Dataset.of(file).build();

        assertThat(dataset.name()).isEqualTo("a b.csv");
        assertThat(dataset.sourceType()).isEqualTo("local");
        assertThat(dataset.source()).isEqualTo("{\"uri\":\"" + file.toAbsolutePath() + "\"}");
        assertThat(dataset.digest()).isEqualTo("2d711642b726b04401627ca9fbac32f5");
        start().logInput(dataset, "training");
    }
}
