package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.RateLimitedException;
import dev.fairlead.error.TransportException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.Experiments;
import dev.fairlead.mlflow.Filter;
import dev.fairlead.mlflow.LifecycleStage;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.Order;
import dev.fairlead.mlflow.Run;
import dev.fairlead.mlflow.RunSpec;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Experiments, runs, what they log, and finding them again. */
abstract class TrackingContract extends MlflowContract {
    private Experiments experiments() {
        return mlflow.experiments();
    }

    @Test
    @Proves("mlflow.server-info")
    void server_asked_tellsWhatItIs() {
        var server = mlflow.server();

        assertThat(server.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(server.atLeast(2, 22)).isTrue();
        assertThat(server.atLeast(99, 0)).isFalse();
    }

    @Test
    @Proves("mlflow.experiments")
    void ensure_twice_isTheSameExperiment() {
        String name = unique("ensure");

        Experiment first = experiments().ensure(name, e -> e.putTag("team", "flights"));
        Experiment second = experiments().ensure(name, e -> e.putTag("team", "others"));

        assertThat(second).isEqualTo(first);
        assertThat(first.tags()).containsEntry("team", "flights");
        assertThat(first.artifactLocation().orElseThrow()).endsWith("/" + first.id());
        assertThat(experiments().get(first.id())).isEqualTo(first);
        assertThat(experiments().find(name)).contains(first);
    }

    @Test
    @Proves("mlflow.experiments.race")
    void ensure_manyThreadsAtOnce_makesOneExperiment() throws Exception {
        String name = unique("race");
        ExecutorService pool = Executors.newFixedThreadPool(20);
        try {
            Set<String> ids = new HashSet<>();
            List<Callable<String>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(() -> experiments().ensure(name).id());
            }
            for (Future<String> id : pool.invokeAll(all)) {
                ids.add(id.get());
            }
            assertThat(ids).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @Proves("mlflow.experiments.deleted")
    void ensure_deletedName_saysSoOrRestores() {
        String name = unique("deleted");
        Experiment made = experiments().ensure(name);

        assertThat(experiments().delete(made.id())).isTrue();
        assertThat(experiments().delete(made.id())).isFalse();
        assertThat(experiments().find(name)).isEmpty();
        assertThat(experiments().get(made.id()).lifecycleStage()).isEqualTo(LifecycleStage.DELETED);
        refusedWith(() -> experiments().ensure(name), ConflictException.class, name, "is deleted", "restoreIfDeleted");
        refusedWith(() -> experiments().create(name, e -> {}), ConflictException.class, "RESOURCE_ALREADY_EXISTS");

        Experiment again = experiments().ensure(name, e -> e.restoreIfDeleted(true));
        assertThat(again.id()).isEqualTo(made.id());
        assertThat(again.lifecycleStage()).isEqualTo(LifecycleStage.ACTIVE);
    }

    @Test
    void create_takenName_isAConflictWithoutSql() {
        assertThatThrownBy(() -> experiments().create(experiment.name(), e -> {}))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("already exists")
                .hasMessageNotContaining("INSERT")
                .hasMessageNotContaining("sqlite");
    }

    @Test
    void create_lostReply_adoptsWhatItMade() {
        String name = unique("lost");
        place.faults().dropNextReply("experiments/create", 1);

        assertThat(experiments().create(name, e -> {}).name()).isEqualTo(name);
    }

    @Test
    @Proves("mlflow.errors")
    void get_missing_namesWhatWasAsked() {
        refusedWith(
                () -> experiments().get("999999999"),
                NotFoundException.class,
                "mlflow experiments/get: 404 RESOURCE_DOES_NOT_EXIST",
                "999999999",
                "/api/2.0/mlflow/experiments/get");
        refusedWith(() -> runs.get("nosuchrun"), NotFoundException.class, "nosuchrun");
        assertThat(runs.find("nosuchrun")).isEmpty();
    }

    @Test
    @Proves("mlflow.experiments.search")
    void search_manyExperiments_findsEachOnce() {
        String tag = unique("set");
        for (int i = 0; i < 5; i++) {
            String name = unique("search");
            experiments().create(name, e -> e.putTag("set", tag));
        }

        assertThat(experiments().search(Filter.tag("set").eq(tag))).hasSize(5);
        assertThat(experiments().search(Filter.attribute("name").eq(experiment.name())))
                .extracting(Experiment::id)
                .containsExactly(experiment.id());
        assertThat(experiments().list().stream().map(Experiment::id))
                .doesNotHaveDuplicates()
                .contains(experiment.id());
    }

    @Test
    void setTag_onExperiment_isReadBack() {
        experiments().setTag(experiment.id(), "owner", "us");

        assertThat(experiments().get(experiment.id()).tags()).containsEntry("owner", "us");
    }

    @Test
    @Proves("mlflow.runs")
    void start_logFinish_isReadBack() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        ActiveRun run = runs.start(experiment, r -> r.name("first").putTag("stage", "test"));
        run.logParam("depth", 6).logParams(Map.of("eta", 0.1, "note", "it's"));
        run.logMetric("loss", 0.5, 1).logMetric("loss", 0.25, 2).setTag("done", "yes");
        run.finish();

        Run read = run.get();
        assertThat(read.name()).isEqualTo("first");
        assertThat(read.experimentId()).isEqualTo(experiment.id());
        assertThat(read.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(read.params())
                .containsExactlyInAnyOrderEntriesOf(Map.of("depth", "6", "eta", "0.1", "note", "it's"));
        assertThat(read.metric("loss").orElseThrow().value()).isEqualTo(0.25);
        assertThat(read.metric("loss").orElseThrow().step()).isEqualTo(2);
        assertThat(read.tags())
                .containsEntry("stage", "test")
                .containsEntry("done", "yes")
                .containsKey("mlflow.user");
        assertThat(read.startTime()).isBetween(before, Instant.now());
        assertThat(read.endTime().orElseThrow()).isBetween(read.startTime(), Instant.now());
        assertThat(read.artifactUri().orElseThrow().toString()).contains(read.id());
        assertThat(runs.history(run.id(), "loss")).extracting(Metric::value).containsExactly(0.5, 0.25);
    }

    @Test
    @Proves("mlflow.idempotent-run")
    void start_lostReply_makesOneRun() {
        place.faults().dropNextReply("runs/create", 1);

        ActiveRun run = start();

        assertThat(allRuns()).extracting(Run::id).containsExactly(run.id());
        assertThat(place.requests("runs/create")).hasSize(1);
    }

    @Test
    @Proves("mlflow.idempotent-run")
    void start_unavailableThenWell_makesOneRun() {
        place.faults().failNext("runs/create", 503, 2).dropNextRequest("runs/create", 1);

        ActiveRun run = start();

        assertThat(allRuns()).extracting(Run::id).containsExactly(run.id());
    }

    @Test
    void start_lostReplyAndNoMoreAttempts_isFoundAgainByItsKey() {
        MlflowClient once = client(1);
        place.faults().dropNextReply("runs/create", 1).failNext("runs/search", 503, 1);

        assertThatThrownBy(() -> once.runs().start(experiment)).isInstanceOf(TransportException.class);
        assertThat(allRuns()).hasSize(1);
        assertThat(allRuns().get(0).tags()).containsKey(RunSpec.KEY_TAG);
    }

    @Test
    @Proves("mlflow.resume-run")
    void start_sameResumeKey_takesTheRunUpAgain() {
        ActiveRun first = runs.start(experiment, r -> r.resumeKey("train it's 1"));
        assertThat(first.resumed()).isFalse();
        first.logMetric("loss", 1, 1);
        first.fail();

        ActiveRun second = runs.start(experiment, r -> r.resumeKey("train it's 1"));
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.resumed()).isTrue();
        assertThat(second.get().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(runs.start(experiment, r -> r.resumeKey("train it's 2")).id())
                .isNotEqualTo(first.id());
        assertThat(runs.findByKey(experiment.id(), "train it's 1").orElseThrow().id())
                .isEqualTo(first.id());
        assertThat(runs.resume(first.id()).id()).isEqualTo(first.id());
    }

    @Test
    @Proves("mlflow.run-outcome")
    void close_withoutFinish_marksFailed() {
        String id;
        try (ActiveRun run = start()) {
            id = run.id();
        }
        assertThat(runs.get(id).status()).isEqualTo(RunStatus.FAILED);
        assertThat(runs.get(id).endTime()).isPresent();
    }

    @Test
    @Proves("mlflow.run-outcome")
    void call_workThrows_marksFailedAndRethrows() {
        IOException mine = new IOException("mine");
        assertThatThrownBy(() -> runs.call(experiment, r -> {}, run -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(allRuns()).extracting(Run::status).containsExactly(RunStatus.FAILED);
    }

    @Test
    @Proves("mlflow.run-outcome")
    void call_workReturns_marksFinished() {
        String id = runs.call(experiment, r -> {}, ActiveRun::id);

        assertThat(runs.get(id).status()).isEqualTo(RunStatus.FINISHED);
    }

    @Test
    @Proves("mlflow.run-outcome")
    void close_interrupted_marksKilledAndKeepsTheFlag() {
        ActiveRun run = start();
        Thread.currentThread().interrupt();

        run.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs.get(run.id()).status()).isEqualTo(RunStatus.KILLED);
        assertThatThrownBy(() -> runs.call(experiment, r -> {}, r -> {
                    throw new InterruptedException("stop");
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(runs.search(q -> q.addExperiment(experiment)
                        .filter(Filter.attribute("status").eq("KILLED"))))
                .hasSize(2);
    }

    @Test
    @Proves("mlflow.nested-runs")
    void startNested_isFoundByItsParent() {
        ActiveRun parent = start();
        ActiveRun child = parent.startNested(r -> r.name("child"));

        assertThat(child.get().parentId()).contains(parent.id());
        assertThat(runs.search(q -> q.addExperiment(experiment)
                        .filter(Filter.tag(Run.PARENT_TAG).eq(parent.id()))))
                .extracting(Run::id)
                .containsExactly(child.id());
    }

    @Test
    @Proves("mlflow.log-batch")
    void log_moreThanAnyLimit_isSplitAndAllThere() {
        ActiveRun run = start();
        Map<String, String> params = numbered("p", 250);
        Map<String, String> tags = numbered("t", 130);
        Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            metrics.add(new Metric("m", i, now.plusMillis(i), i));
        }

        run.logParams(params).setTags(tags).logMetrics(metrics);

        Run read = run.get();
        assertThat(read.params()).isEqualTo(params);
        assertThat(read.tags()).containsAllEntriesOf(tags);
        assertThat(runs.history(run.id(), "m").stream().toList()).isEqualTo(metrics);
        assertThat(place.requests("runs/log-batch")).hasSize(3 + 2 + 3);
    }

    private static Map<String, String> numbered(String prefix, int count) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(prefix + i, "value " + i);
        }
        return map;
    }

    @Test
    @Proves("mlflow.log-batch.exactly-once")
    void logMetrics_lostReplies_areStoredOnce() {
        ActiveRun run = start();
        place.faults().dropNextReply("runs/log-batch", 2).failNext("runs/log-batch", 502, 1);

        run.logMetrics(Map.of("a", 1.0, "b", 2.0), 7);

        assertThat(place.requests("runs/log-batch")).hasSize(4);
        assertThat(runs.history(run.id(), "a")).hasSize(1);
        assertThat(runs.history(run.id(), "b")).hasSize(1);
    }

    @Test
    @Proves("mlflow.special-numbers")
    void logMetric_notANumberAndInfinite_areReadBack() {
        ActiveRun run = start();
        run.logMetric("nan", Double.NaN)
                .logMetric("inf", Double.POSITIVE_INFINITY)
                .logMetric("neg", -0.5, -3);

        Map<String, Metric> metrics = run.get().metrics();
        assertThat(metrics.get("nan").value()).isNaN();
        assertThat(metrics.get("inf").value()).isEqualTo(Double.MAX_VALUE);
        assertThat(metrics.get("neg").step()).isEqualTo(-3);
        assertThat(runs.history(run.id(), "nan")).hasSize(1);
    }

    @Test
    @Proves("mlflow.params-conflict")
    void logParams_changedValue_isAConflictAndStoresNothing() {
        ActiveRun run = start();
        run.logParam("a", 1).logParam("a", 1);

        refusedWith(
                () -> run.logParams(Map.of("a", 2, "b", 3)),
                ConflictException.class,
                "Changing param values is not allowed",
                "nothing of this batch was stored");
        assertThat(run.get().params()).containsExactlyEntriesOf(Map.of("a", "1"));
    }

    @Test
    @Proves("mlflow.client-rules")
    void log_whatTheServerWouldRefuseOrCut_isRefusedBeforeSending() {
        ActiveRun run = start();
        place.forgetRequests();

        refusedWith(
                () -> run.logParam("long", "x".repeat(6001)), InvalidValueException.class, "6000 characters", "6001");
        refusedWith(() -> run.setTag("long", "x".repeat(8001)), InvalidValueException.class, "8000 characters");
        refusedWith(() -> run.logMetric("bad$key", 1), InvalidValueException.class, "bad$key");
        refusedWith(() -> run.logMetric("a/../b", 1), InvalidValueException.class, "a/../b");
        refusedWith(() -> run.logMetric("k".repeat(251), 1), InvalidValueException.class, "250");
        refusedWith(
                () -> run.logMetrics(List.of(
                        new Metric("a$", 1, Instant.EPOCH, 0), new Metric("ok", 1, Instant.EPOCH.minusSeconds(1), 0))),
                InvalidValueException.class,
                "2 problems",
                "1970");
        assertThat(place.requests("runs/log-batch")).isEmpty();

        run.logParam("limit", "x".repeat(6000))
                .setTag("limit", "x".repeat(8000))
                .logMetric("k".repeat(250), 1);
        run.logParam("é ü/a:b-c_d.e", "").setTag("empty", "");
        assertThat(run.get().params().get("limit")).hasSize(6000);
        assertThat(run.get().tags().get("limit")).hasSize(8000);
        assertThat(run.get().params()).containsEntry("é ü/a:b-c_d.e", "");
    }

    @Test
    @Proves("mlflow.search.injection")
    void search_oddValues_findsExactlyThem() {
        List<String> values = List.of(
                "plain",
                "it's",
                "say \"x\"",
                "back\\",
                "a\\'b",
                "a\\\"b",
                "new\nline",
                "semi; drop",
                "-- c",
                "/* x */",
                "%",
                "é ü 漢",
                "a`b",
                "  lead",
                "' or 1=1",
                "and params.x = 1",
                "1",
                "NULL",
                "end\\\\",
                "(x)",
                "x,y",
                "a'b\\",
                "q\"\\");
        Map<String, String> ids = new LinkedHashMap<>();
        for (String value : values) {
            ids.put(
                    value,
                    runs.start(experiment, r -> r.name("odd").putTag("v", value))
                            .id());
        }

        ids.forEach((value, id) -> {
            Filter filter =
                    Filter.tag("v").eq(value).and(Filter.attribute("run_name").eq("odd"));
            assertThat(runs.search(q -> q.addExperiment(experiment).filter(filter)))
                    .as(filter.text())
                    .extracting(Run::id)
                    .containsExactly(id);
        });
        refusedWith(
                () -> Filter.tag("v").eq("both ' and \""),
                InvalidValueException.class,
                "cannot search",
                "both ' and \"");
    }

    @Test
    @Proves("mlflow.search")
    void search_byEverything_findsAndOrders() {
        for (int i = 1; i <= 3; i++) {
            ActiveRun run = start();
            run.logParam("depth", i)
                    .logMetric("loss", 1.0 / i)
                    .logMetric("odd name/x", i)
                    .setTag("a b", "t" + i)
                    .finish();
        }
        Filter good =
                Filter.metric("loss").lt(0.9).and(Filter.metric("odd name/x").ge(2));

        assertThat(find(good, Order.metric("loss"))).containsExactly("3", "2");
        assertThat(find(good, Order.metric("loss").descending())).containsExactly("2", "3");
        assertThat(find(Filter.param("depth").eq("1"))).containsExactly("1");
        assertThat(find(Filter.param("depth").ne("1"), Order.param("depth"))).containsExactly("2", "3");
        assertThat(find(Filter.tag("a b").like("t%"), Order.tag("a b"))).containsExactly("1", "2", "3");
        assertThat(find(Filter.tag("a b").ilike("T2"))).containsExactly("2");
        assertThat(find(Filter.attribute("status")
                        .eq("FINISHED")
                        .and(Filter.metric("loss").eq(1))))
                .containsExactly("1");
        assertThat(find(Filter.numericAttribute("start_time")
                        .gt(0)
                        .and(Filter.metric("loss").le(1 / 3.0))))
                .containsExactly("3");
        assertThat(find(Filter.metric("loss").ne(0.5), Order.attribute("start_time")))
                .hasSize(2);
        assertThat(find(Filter.metric("none").gt(0))).isEmpty();
    }

    private List<String> find(Filter filter, Order... orders) {
        return runs.search(q -> q.addExperiment(experiment).filter(filter).orders(List.of(orders))).stream()
                .map(r -> r.params().get("depth"))
                .toList();
    }

    @Test
    @Proves("mlflow.search.pages")
    void search_runsArriveMeanwhile_givesEachOnce() {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < 9; i++) {
            before.add(start().id());
        }
        List<String> seen = new ArrayList<>();
        for (Run run : runs.search(q -> q.addExperiment(experiment).pageSize(3))) {
            if (seen.size() % 3 == 0) {
                start();
            }
            seen.add(run.id());
        }

        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void delete_andRestore_run() {
        ActiveRun run = start();

        runs.delete(run.id());
        assertThat(runs.get(run.id()).lifecycleStage()).isEqualTo(LifecycleStage.DELETED);
        assertThat(runs.search(q -> q.addExperiment(experiment))).isEmpty();
        refusedWith(() -> run.logMetric("m", 1), ConflictException.class, "restore it first");
        runs.restore(run.id());
        assertThat(runs.search(q -> q.addExperiment(experiment))).hasSize(1);
    }

    @Test
    @Proves("mlflow.host-check")
    void call_byANameTheServerDoesNotKnow_namesTheRemedy() {
        MlflowClient named = place.client()
                .endpoint(e -> e.putHeader("Host", "mlflow.ml.svc"))
                .build();

        if (!mlflow.server().atLeast(3, 5)) {
            assertThat(named.experiments().get("0").id())
                    .as("older servers take any name")
                    .isEqualTo("0");
            return;
        }
        refusedWith(
                () -> named.experiments().get("0"),
                PermissionException.class,
                "Invalid Host header",
                "MLFLOW_SERVER_ALLOWED_HOSTS");
    }

    @Test
    @Proves("mlflow.rate-limit")
    void call_fiftyTimesTooMany_endsWellOnASmallPool() {
        place.faults().failNext("experiments/get", 429, 50);
        assertThat(client(51).experiments().get(experiment.id()).id()).isEqualTo(experiment.id());
        assertThat(place.requests("experiments/get")).hasSize(51);

        place.faults().failNext("experiments/get", 429, 2);
        refusedWith(() -> client(2).experiments().get(experiment.id()), RateLimitedException.class, "attempt 2 of 2");
    }

    @Test
    void call_brokenOffAnswer_isRepeated() {
        place.faults().truncateNextReply("experiments/get", 20, 1);

        assertThat(mlflow.experiments().get(experiment.id()).name()).isEqualTo(experiment.name());
    }
}
