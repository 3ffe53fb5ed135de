package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.mlflow.DatasetFilter;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.traces.EvaluationDataset;
import dev.fairlead.mlflow.traces.EvaluationDatasets;
import dev.fairlead.mlflow.traces.EvaluationRecord;
import dev.fairlead.mlflow.traces.EvaluationSource;
import dev.fairlead.mlflow.traces.Scorer;
import dev.fairlead.mlflow.traces.Scorers;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Datasets for evaluation, and scorers. */
abstract class EvaluationsContract extends MlflowContract {
    private EvaluationDatasets datasets() {
        return mlflow.traces().datasets();
    }

    @Test
    @Proves("mlflow.evaluation-datasets")
    void dataset_isMadeFoundTaggedAndDeleted() {
        String name = unique("questions");
        EvaluationDataset made = datasets().create(name, List.of(experiment.id()), Map.of("team", "care"));

        EvaluationDataset read = datasets().get(made.id());
        assertThat(read.name()).isEqualTo(name);
        assertThat(read.tags()).isEqualTo(Map.of("team", "care"));
        assertThat(read.createdAt()).isPresent();
        assertThat(datasets().experimentIds(made.id())).containsExactly(experiment.id());
        assertThat(datasets().search(List.of(experiment.id()), Filter.ALL).stream()
                        .map(EvaluationDataset::id))
                .containsExactly(made.id());
        assertThat(datasets().search(List.of(), DatasetFilter.name().eq(name)).stream())
                .hasSize(1);
        assertThat(datasets()
                        .search(
                                List.of(experiment.id()),
                                DatasetFilter.tag("team")
                                        .eq("care")
                                        .and(DatasetFilter.name().like("%of nobody%")))
                        .stream())
                .isEmpty();
        refusedWith(() -> DatasetFilter.tag("a-b"), InvalidValueException.class, "finds no dataset");

        datasets().setTags(made.id(), Map.of("more", "1"));
        datasets().deleteTag(made.id(), "team");
        datasets().deleteTag(made.id(), "team");
        assertThat(datasets().get(made.id()).tags()).isEqualTo(Map.of("more", "1"));
        String other = mlflow.experiments().ensure(unique("other")).id();
        datasets().addToExperiments(made.id(), List.of(other));
        datasets().removeFromExperiments(made.id(), List.of(experiment.id()));
        assertThat(datasets().experimentIds(made.id())).containsExactly(other);

        datasets().delete(made.id());
        datasets().delete(made.id());
        assertThat(datasets().find(made.id())).isEmpty();
        refusedWith(() -> datasets().get(made.id()), NotFoundException.class, made.id());
    }

    @Test
    @Proves("mlflow.evaluation-datasets")
    void records_withTheSameInputs_areOne() {
        String id = datasets()
                .create(unique("records"), List.of(experiment.id()), Map.of())
                .id();
        EvaluationRecord first = EvaluationRecord.builder()
                .putInput("question", "Why?")
                .putExpectation("answer", "So")
                .putTag("hard", "yes")
                .build();

        assertThat(datasets()
                        .put(
                                id,
                                List.of(
                                        first,
                                        first.toBuilder()
                                                .inputs(Map.of("question", 7))
                                                .build())))
                .isEqualTo(new EvaluationDatasets.Stored(2, 0));
        assertThat(datasets()
                        .put(
                                id,
                                List.of(EvaluationRecord.builder()
                                        .putInput("question", "Why?")
                                        .putExpectation("score", 0.5)
                                        .putOutput("said", "Hm")
                                        .build())))
                .isEqualTo(new EvaluationDatasets.Stored(0, 1));

        List<EvaluationRecord> read = datasets().records(id).stream().toList();
        assertThat(read).hasSize(2);
        EvaluationRecord merged = read.stream()
                .filter(r -> r.inputs().equals(Map.of("question", "Why?")))
                .findFirst()
                .orElseThrow();
        assertThat(merged.expectations()).isEqualTo(Map.of("answer", "So", "score", 0.5));
        assertThat(merged.outputs()).isEqualTo(Map.of("said", "Hm"));
        assertThat(merged.tags()).isEqualTo(Map.of("hard", "yes"));
        assertThat(datasets().get(id).profile()).isEqualTo(Map.of("num_records", 2));

        String gone = merged.id().orElseThrow();
        assertThat(datasets().deleteRecords(id, List.of(gone))).isEqualTo(1);
        assertThat(datasets().deleteRecords(id, List.of(gone))).isZero();
        assertThat(datasets().records(id).stream()).hasSize(1);
    }

    @Test
    @Proves("mlflow.evaluation-datasets")
    void records_tellWhereTheyComeFrom_andKeepItWhenMerged() {
        String id = datasets().create(unique("sources"), List.of(), Map.of()).id();
        List<EvaluationSource> sources = List.of(
                EvaluationSource.trace("tr-1"),
                EvaluationSource.human("ada"),
                EvaluationSource.document("https://docs.example.org/a"),
                EvaluationSource.code("generate.jar"));
        List<EvaluationRecord> records = sources.stream()
                .map(s -> EvaluationRecord.builder()
                        .putInput("of", s.type())
                        .source(s)
                        .build())
                .toList();
        datasets().put(id, records);
        datasets()
                .put(
                        id,
                        List.of(records.get(0).toBuilder()
                                .source(EvaluationSource.code("later"))
                                .build()));

        assertThat(datasets().records(id).stream().map(r -> r.source().orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(sources);
        refusedWith(
                () -> datasets()
                        .put(
                                id,
                                List.of(EvaluationRecord.builder()
                                        .putInput("of", "x")
                                        .source(new EvaluationSource("DREAM", Map.of()))
                                        .build())),
                InvalidRequestException.class,
                "Invalid dataset record source type: DREAM");
    }

    @Test
    void records_ofMoreThanAPage_areAllRead() {
        String id = datasets().create(unique("many"), List.of(), Map.of()).id();
        List<EvaluationRecord> many = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            many.add(EvaluationRecord.builder().putInput("n", i).build());
        }

        assertThat(datasets().put(id, many).inserted()).isEqualTo(450);

        assertThat(datasets().records(id).stream().map(r -> r.inputs().get("n")).distinct())
                .hasSize(450);
    }

    @Test
    @Proves("mlflow.evaluation-datasets.once")
    void create_whoseAnswerIsLost_makesOneDataset() {
        String name = unique("once");
        place.faults().dropNextReply("datasets/create", 1);

        EvaluationDataset made = datasets().create(name, List.of(experiment.id()), Map.of());

        assertThat(datasets().search(List.of(), DatasetFilter.name().eq(name)).stream()
                        .map(EvaluationDataset::id))
                .containsExactly(made.id());
    }

    @Test
    @Proves("mlflow.scorers")
    void scorers_areReadInAllVersions() {
        Scorers scorers = mlflow.traces().scorers();
        for (int i = 1; i <= 2; i++) {
            OtlpJson.post(
                    URI.create(mlflow.trackingUri() + "/api/3.0/mlflow/scorers/register"),
                    Map.of(),
                    JsonCodec.camelCase()
                            .write(Map.of(
                                    "experiment_id",
                                    experiment.id(),
                                    "name",
                                    "kindness",
                                    "serialized_scorer",
                                    "{\"name\":\"kindness\",\"round\":" + i + "}")));
        }

        List<Scorer> versions = scorers.versions(experiment.id(), "kindness");
        assertThat(versions).extracting(Scorer::version).containsExactlyInAnyOrder(1, 2);
        Scorer newest = scorers.get(experiment.id(), "kindness");
        assertThat(newest.version()).isEqualTo(2);
        assertThat(newest.experimentId()).isEqualTo(experiment.id());
        assertThat(newest.definition()).isEqualTo(Map.of("name", "kindness", "round", 2));
        assertThat(scorers.list(experiment.id())).containsExactly(newest);
        assertThat(scorers.get(experiment.id(), "kindness", 1).definition()).containsEntry("round", 1);
        refusedWith(() -> scorers.get(experiment.id(), "none"), NotFoundException.class, "none");
    }
}
