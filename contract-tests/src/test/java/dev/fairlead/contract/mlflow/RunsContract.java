package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.Experiments;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.RegisteredModel;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.support.Proves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is done with experiments and runs besides logging: named, described, nested, configured, and found whatever they are called. */
abstract class RunsContract extends MlflowContract {
    private static final boolean FULL = "full".equals(System.getProperty("fairlead.campaign"));
    private static final String[] PIECES = {
        "a", "B", "'", "\"", "`", "\\", "%", "_", " ", "=", "(", ")", ",", ";", "--", "é", "漢", "😀", "\n", "or", "AND",
        "1", "'x", "\"y"
    };

    private Experiments experiments() {
        return mlflow.experiments();
    }

    @Test
    @Proves("mlflow.experiments")
    void experiment_renamedDescribedTagged_isReadBack() {
        String name = unique("renamed");
        experiments().rename(experiment.id(), name);
        experiments().describe(experiment.id(), "what it's \"about\"");
        experiments().setTag(experiment.id(), "team", "flights");

        Experiment read = experiments().get(experiment.id());
        assertThat(read.name()).isEqualTo(name);
        assertThat(read.description()).isEqualTo("what it's \"about\"");
        refusedWith(
                () -> experiments().rename(experiments().ensure(unique("other")).id(), name),
                ConflictException.class,
                "experiments/update");
        if (mlflow.server().atLeast(3, 0)) {
            assertThat(experiments().deleteTag(experiment.id(), "team")).isTrue();
            assertThat(experiments().deleteTag(experiment.id(), "team")).isFalse();
            assertThat(experiments().get(experiment.id()).tags()).doesNotContainKey("team");
        } else {
            refusedWith(
                    () -> experiments().deleteTag(experiment.id(), "team"),
                    UnsupportedByServerException.class,
                    "deleting tags of experiments",
                    "MLflow 3.2");
            assertThat(place.requests("experiments/delete-experiment-tag")).isEmpty();
        }
    }

    @Test
    @Proves("mlflow.experiments")
    void listDeleted_tellsWhatCanBeRestored() {
        experiments().delete(experiment.id());

        assertThat(experiments().listDeleted()).extracting(Experiment::id).contains(experiment.id());
        assertThat(experiments().list()).extracting(Experiment::id).doesNotContain(experiment.id());
        assertThat(experiments().restore(experiment.id())).isTrue();
    }

    @Test
    @Proves("mlflow.experiments.search")
    void list_moreThanAPage_givesEachOnce() {
        String tag = unique("many");
        int count = FULL ? 2500 : 30;
        Set<String> made = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            made.add(experiments()
                    .create(tag + "-" + i, e -> e.putTag("set", tag))
                    .id());
        }
        List<String> found = experiments().search(Filter.tag("set").eq(tag)).stream()
                .map(Experiment::id)
                .toList();

        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(made);
        assertThat(place.requests("experiments/search"))
                .hasSizeGreaterThanOrEqualTo(count / 1000)
                .allSatisfy(r -> assertThat(r.body()).contains("max_results"));
    }

    @Test
    @Proves("mlflow.runs.change")
    void run_renamedDescribedTagged_isReadBackAlsoWhenFinished() {
        ActiveRun run = start();
        run.finish();

        runs.rename(run.id(), "better name");
        runs.describe(run.id(), "line 1\nline 2");
        runs.setTags(run.id(), Map.of("a", "1", "b", "2"));

        Run read = run.get();
        assertThat(read.name()).isEqualTo("better name");
        assertThat(read.description()).isEqualTo("line 1\nline 2");
        assertThat(read.status()).as("a change does not reopen it").isEqualTo(RunStatus.FINISHED);
        assertThat(runs.deleteTag(run.id(), "a")).isTrue();
        assertThat(runs.deleteTag(run.id(), "a")).isFalse();
        assertThat(run.get().tags()).doesNotContainKey("a").containsEntry("b", "2");
        refusedWith(() -> runs.deleteTag("nosuchrun", "a"), NotFoundException.class, "nosuchrun");
        refusedWith(() -> runs.rename(run.id(), " "), InvalidValueException.class, "must not be blank");
        refusedWith(() -> runs.setTags(run.id(), Map.of("x", "y".repeat(8001))), InvalidValueException.class, "8000");
    }

    @Test
    @Proves("mlflow.nested-runs")
    void tree_ofRuns_isReadBackFromAnyOfThem() {
        ActiveRun root = runs.start(experiment, r -> r.name("root"));
        Map<String, List<String>> children = new LinkedHashMap<>();
        for (String child : List.of("a", "b")) {
            ActiveRun middle = root.startNested(r -> r.name(child));
            for (String leaf : List.of("1", "2")) {
                ActiveRun last = middle.startNested(r -> r.name(child + leaf));
                children.computeIfAbsent(middle.id(), k -> new ArrayList<>()).add(last.id());
                last.finish();
            }
            middle.finish();
        }
        root.finish();

        assertThat(runs.childrenOf(root.get())).extracting(Run::name).containsExactlyInAnyOrder("a", "b");
        children.forEach((middle, leaves) -> {
            assertThat(runs.childrenOf(runs.get(middle)))
                    .extracting(Run::id)
                    .containsExactlyInAnyOrderElementsOf(leaves);
            assertThat(runs.parentOf(runs.get(middle)).orElseThrow().id()).isEqualTo(root.id());
        });
        assertThat(runs.parentOf(root.get())).isEmpty();
        Run orphan = runs.start(experiment, r -> r.parentId("0123456789abcdef0123456789abcdef"))
                .get();
        assertThat(runs.parentOf(orphan)).isEmpty();
    }

    @Test
    @Proves("mlflow.configured")
    void configured_experimentAndRun_comeFromTheSettings() {
        String name = unique("configured");
        MlflowClient byName = configured(Map.of("mlflow.experiment", name));
        ActiveRun started = byName.runs().startConfigured(r -> r.name("new"));

        assertThat(byName.experiments().configured().name()).isEqualTo(name);
        assertThat(started.get().experimentId())
                .isEqualTo(byName.experiments().configured().id());
        assertThat(configured(Map.of("mlflow.experiment", name, "mlflow.experiment-id", experiment.id()))
                        .experiments()
                        .configured()
                        .id())
                .as("the id wins")
                .isEqualTo(experiment.id());
        assertThat(mlflow.experiments().configured().id()).as("nothing set").isEqualTo("0");
        started.finish();
        ActiveRun again =
                configured(Map.of("mlflow.run-id", started.id())).runs().startConfigured(r -> r.name("unused"));
        assertThat(again.id()).isEqualTo(started.id());
        assertThat(again.resumed()).isTrue();
        assertThat(again.get().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(again.get().name()).isEqualTo("new");
        refusedWith(
                () -> configured(Map.of("mlflow.run-id", "nosuchrun")).runs().startConfigured(r -> {}),
                NotFoundException.class,
                "nosuchrun");
    }

    private MlflowClient configured(Map<String, String> settings) {
        return place.client().platform(p -> settings.forEach(p::setting)).build();
    }

    @Test
    @Proves("mlflow.default-tags")
    void start_run_tellsWhereItComesFrom() {
        Map<String, String> tags = start().get().tags();

        assertThat(tags)
                .containsEntry("mlflow.user", System.getProperty("user.name"))
                .containsEntry("mlflow.source.type", "JOB")
                .containsEntry("java.version", System.getProperty("java.version"))
                .containsKey("mlflow.source.name");
        assertThat(tags.get("mlflow.source.name")).doesNotContain(" ");
        assertThat(runs.start(experiment, r -> r.userId("ann").putTag("mlflow.source.type", "NOTEBOOK"))
                        .get()
                        .tags())
                .containsEntry("mlflow.user", "ann")
                .containsEntry("mlflow.source.type", "NOTEBOOK");
    }

    @Test
    @Proves("mlflow.search.injection")
    void search_randomValues_findsExactlyTheirsOrIsRefused() {
        Random random = new Random(20_261_124);
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        int refused = 0;
        for (int i = 0; i < (FULL ? 400 : 30); i++) {
            String value = value(random);
            ids.computeIfAbsent(value, v -> new LinkedHashSet<>())
                    .add(runs.start(experiment, r -> r.putTag("v", value)).id());
        }
        for (Map.Entry<String, Set<String>> each : ids.entrySet()) {
            Filter equal;
            Filter other;
            try {
                equal = Filter.tag("v").eq(each.getKey());
                other = Filter.tag("v").ne(each.getKey());
            } catch (InvalidValueException e) {
                assertThat(each.getKey()).contains("'").contains("\"");
                refused++;
                continue;
            }
            assertThat(found(equal)).as(equal.text()).containsExactlyInAnyOrderElementsOf(each.getValue());
            assertThat(found(other))
                    .as(other.text())
                    .hasSize(total(ids) - each.getValue().size());
        }
        assertThat(refused).isLessThan(ids.size() / 2);
    }

    private List<String> found(Filter filter) {
        return runs.search(q -> q.addExperiment(experiment).filter(filter)).stream()
                .map(Run::id)
                .toList();
    }

    private static int total(Map<String, Set<String>> ids) {
        return ids.values().stream().mapToInt(Set::size).sum();
    }

    private static String value(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    @Test
    @Proves("mlflow.search.injection")
    void search_oddNames_findsExperimentsAndModels() {
        for (String odd :
                List.of("it's", "say \"x\"", "back`tick", "é 漢 😀", "a\\b", "100%", "(x), y; z", "' or name != '")) {
            String name = unique("odd") + " " + odd;
            Experiment made = experiments().ensure(name);
            mlflow.models().ensure(name);

            assertThat(experiments().search(Filter.attribute("name").eq(name)))
                    .as(name)
                    .extracting(Experiment::id)
                    .containsExactly(made.id());
            assertThat(mlflow.models().search(Filter.attribute("name").eq(name)))
                    .as(name)
                    .extracting(RegisteredModel::name)
                    .containsExactly(name);
            assertThat(mlflow.models().get(name).name()).isEqualTo(name);
        }
    }
}
