package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.ConflictException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.mlflow.ActiveRun;
import dev.fairlead.mlflow.LogPolicy;
import dev.fairlead.mlflow.Metric;
import dev.fairlead.mlflow.MetricBufferFullException;
import dev.fairlead.mlflow.MetricLogger;
import dev.fairlead.mlflow.MetricSpoolException;
import dev.fairlead.mlflow.MetricsUndeliveredException;
import dev.fairlead.mlflow.RunMetric;
import dev.fairlead.mlflow.RunStatus;
import dev.fairlead.mlflow.SpoolDelivery;
import dev.fairlead.mlflow.SystemMetrics;
import dev.fairlead.mlflow.WhenFull;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.testing.RecordedRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics in bulk: buffered, in order, once each, and none lost in silence; parameters and tags that clash or are too long. */
abstract class MetricsContract extends MlflowContract {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LOG = "runs/log-batch";

    @TempDir
    Path spool;

    private List<Metric> history(ActiveRun run, String key) {
        return runs.history(run.id(), key).stream().toList();
    }

    private static List<Double> upTo(int count) {
        return IntStream.range(0, count).mapToObj(i -> (double) i).toList();
    }

    @Test
    @Proves("mlflow.metrics.buffered")
    void metrics_manyValues_arriveInOrderInFullBatches() {
        ActiveRun run = start();
        MetricLogger metrics = run.metrics(o -> o.flushInterval(Duration.ofMinutes(5)));

        for (int i = 0; i < 2500; i++) {
            metrics.log("loss", i, i);
        }
        metrics.flush(SOON);

        assertThat(history(run, "loss")).extracting(Metric::value).containsExactlyElementsOf(upTo(2500));
        assertThat(history(run, "loss")).extracting(Metric::step).isSorted();
        List<RecordedRequest> requests = place.requests(LOG);
        assertThat(requests).hasSize(3);
        assertThat(requests.stream().map(r -> r.body().split("\"key\"", -1).length - 1))
                .containsExactly(1000, 1000, 500);
        assertThat(metrics.stats().delivered()).isEqualTo(2500);
        assertThat(metrics.stats().waiting()).isZero();
        run.finish();
    }

    @Test
    @Proves("mlflow.metrics.buffered")
    void metrics_fewValues_areSentAfterTheIntervalWithoutAnybodyAsking() throws Exception {
        ActiveRun run = start();
        MetricLogger metrics = run.metrics(o -> o.flushInterval(Duration.ofMillis(20)));

        metrics.log("loss", 0.5).log(Map.of("acc", 0.75), 3);
        Instant end = Instant.now().plus(SOON);
        while (metrics.stats().delivered() < 2 && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }

        assertThat(run.get().metrics()).containsOnlyKeys("loss", "acc");
        assertThat(run.get().metric("acc").orElseThrow().step()).isEqualTo(3);
        run.finish();
    }

    @Test
    @Proves("mlflow.metrics.closed-with-run")
    void finish_valuesWaiting_deliversThemFirst() {
        ActiveRun run = start();
        run.metrics(o -> o.flushInterval(Duration.ofMinutes(5))).log("loss", 1, 7);

        run.finish();

        assertThat(run.get().status()).isEqualTo(RunStatus.FINISHED);
        assertThat(history(run, "loss")).extracting(Metric::step).containsExactly(7L);
        MetricLogger again = run.metrics();
        again.close();
        refusedWith(() -> again.log("loss", 2), ConfigurationException.class, run.id(), "is closed");
    }

    @Test
    void metrics_askedAgain_isTheSameUnlessTheOptionsDiffer() {
        ActiveRun run = start();
        MetricLogger metrics = run.metrics(o -> o.flushSize(10));

        assertThat(run.metrics()).isSameAs(metrics);
        assertThat(run.metrics(o -> o.flushSize(10))).isSameAs(metrics);
        refusedWith(() -> run.metrics(o -> o.flushSize(11)), ConfigurationException.class, "other options");
        refusedWith(
                () -> run.metrics(o -> o.flushSize(1001).bufferSize(10).giveUpAfter(Duration.ZERO)),
                InvalidValueException.class,
                "flushSize",
                "from 1 to 1,000",
                "bufferSize",
                "giveUpAfter");
        run.finish();
    }

    @Test
    @Proves("mlflow.metrics.exactly-once")
    void metrics_lostReplies_areStoredOnce() {
        ActiveRun run = start();
        MetricLogger metrics = run.metrics(o -> o.flushSize(100));
        place.faults().dropNextReply(LOG, 2).failNext(LOG, 503, 1).dropNextRequest(LOG, 1);

        for (int i = 0; i < 400; i++) {
            metrics.log("a", i, i);
        }
        run.finish();

        assertThat(history(run, "a")).extracting(Metric::value).containsExactlyElementsOf(upTo(400));
        assertThat(place.requests(LOG)).hasSize(8);
    }

    @Test
    @Proves("mlflow.metrics.exactly-once")
    void metrics_outageLongerThanACallsRepeats_isOutlasted() {
        ActiveRun run = client(1).runs().resume(start().id());
        place.faults().failNext(LOG, 503, 3);

        run.metrics().log("a", 1, 1);
        run.metrics().flush(SOON);

        assertThat(history(run, "a")).hasSize(1);
        assertThat(place.requests(LOG)).hasSize(4);
        run.finish();
    }

    @Test
    @Proves("mlflow.metrics.undelivered")
    void close_serverAway_saysExactlyWhatIsMissing() {
        ActiveRun run = client(1).runs().resume(start().id());
        AtomicReference<MetricsUndeliveredException> told = new AtomicReference<>();
        MetricLogger metrics = run.metrics(o -> o.flushSize(3)
                .bufferSize(20)
                .closeDeadline(Duration.ofMillis(300))
                .failureListener(told::set));
        metrics.log("sent", 1, 1).flush(SOON);
        place.faults().failNext(LOG, 503, 1000);

        metrics.logSeries("loss", new double[] {1, 2, 3, 4}, 5).log("acc", 0.5, 9);
        CompletableFuture<Void> flushed = metrics.flush();
        MetricsUndeliveredException missing = catchThrowableOfType(MetricsUndeliveredException.class, metrics::close);
        place.faults().clear();

        assertThat(missing)
                .hasMessageContaining("mlflow run " + run.id() + ": 5 metric values are not confirmed")
                .hasMessageContaining("loss: 4 in steps 5 to 8")
                .hasMessageContaining("acc: 1 at step 9")
                .hasMessageContaining("closing")
                .hasMessageContaining("503");
        assertThat(missing.count()).isEqualTo(5);
        assertThat(missing.retryable()).isTrue();
        assertThat(missing.missing())
                .containsEntry("loss", new MetricsUndeliveredException.Missing(4, 5, 8))
                .containsEntry("acc", new MetricsUndeliveredException.Missing(1, 9, 9));
        assertThat(told.get().points()).hasSize(3);
        assertThatThrownBy(() -> flushed.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(MetricsUndeliveredException.class);

        run.logMetrics(missing.points());
        assertThat(history(run, "loss")).extracting(Metric::value).containsExactly(1.0, 2.0, 3.0, 4.0);
        assertThat(history(run, "acc")).hasSize(1);
        metrics.close();
    }

    @Test
    @Proves("mlflow.metrics.undelivered")
    void finish_valuesRefusedForGood_doesNotCallTheRunFinished() {
        ActiveRun run = start();
        runs.delete(run.id());
        MetricLogger metrics = run.metrics(o -> o.flushSize(2));
        metrics.log("loss", 1, 1).log("loss", 2, 2);

        assertThatThrownBy(() -> metrics.flush(SOON))
                .isInstanceOf(MetricsUndeliveredException.class)
                .hasMessageContaining("the server does not take them")
                .hasMessageContaining("restore it first");
        assertThat(metrics.stats().undelivered()).isEqualTo(2);
        runs.restore(run.id());
        refusedWith(run::finish, MetricsUndeliveredException.class, "loss: 2 in steps 1 to 2");
        assertThat(run.get().status()).isEqualTo(RunStatus.RUNNING);
        run.close();
        assertThat(run.get().status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    @Proves("mlflow.metrics.undelivered")
    void takeUndelivered_givesThemBackAndMakesRoom() {
        ActiveRun run = start();
        MetricLogger metrics = run.metrics(o -> o.flushSize(2).bufferSize(4));
        place.faults().failNext(LOG, 400, 2);
        List<Metric> given = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            given.add(new Metric("loss", i, Instant.ofEpochMilli(1_700_000_000_000L + i), i));
        }

        metrics.log(given);
        assertThatThrownBy(() -> metrics.flush(SOON)).isInstanceOf(MetricsUndeliveredException.class);
        refusedWith(
                () -> metrics.log("one", 1),
                MetricsUndeliveredException.class,
                "the buffer is full of values that were given up");
        assertThat(metrics.takeUndelivered()).isEqualTo(given);
        assertThat(metrics.takeUndelivered()).isEmpty();
        metrics.log(given);
        run.finish();

        assertThat(history(run, "loss")).isEqualTo(given);
    }

    @Test
    @Proves("mlflow.metrics.back-pressure")
    void log_bufferFull_doesAsThePolicySays() {
        ActiveRun failing = start();
        ActiveRun dropping = start();
        ActiveRun blocking = start();
        place.faults().delayNext(LOG, Duration.ofMillis(300), 3);
        MetricLogger fail = failing.metrics(o -> o.flushSize(5).bufferSize(10).whenFull(WhenFull.FAIL));
        MetricLogger drop = dropping.metrics(o -> o.flushSize(5).bufferSize(10).whenFull(WhenFull.DROP_OLDEST));
        MetricLogger block = blocking.metrics(o -> o.flushSize(5).bufferSize(10));

        fail.logSeries("m", new double[10], 0);
        refusedWith(
                () -> fail.log("m", 1, 10),
                MetricBufferFullException.class,
                "1 metric values were not recorded",
                "the buffer of 10 has room for 0");
        drop.logSeries("m", new double[40], 0);
        block.logSeries("m", new double[40], 0);
        failing.finish();
        dropping.finish();
        blocking.finish();

        assertThat(history(failing, "m")).hasSize(10);
        assertThat(history(blocking, "m")).hasSize(40);
        long dropped = drop.stats().dropped();
        assertThat(dropped).isPositive();
        assertThat(history(dropping, "m")).hasSize((int) (40 - dropped));
        assertThat(history(dropping, "m")).extracting(Metric::step).contains(39L);
    }

    @Test
    @Proves("mlflow.metrics.flush")
    void flush_slowServer_endsInTimeAndGoesOn() throws Exception {
        ActiveRun run = start();
        place.faults().delayNext(LOG, Duration.ofMillis(500), 1);
        MetricLogger metrics = run.metrics();
        metrics.log("loss", 1, 1);

        CompletableFuture<Void> all = metrics.flush();
        refusedWith(
                () -> metrics.flush(Duration.ofMillis(20)),
                OperationTimeoutException.class,
                run.id(),
                "1 metric values are not confirmed yet",
                "still being sent");
        all.get(30, TimeUnit.SECONDS);

        assertThat(history(run, "loss")).hasSize(1);
        assertThat(metrics.flush()).isCompleted();
        run.finish();
    }

    @Test
    @Proves("mlflow.metrics.spool")
    void spool_serverAway_isDeliveredLaterByAnother() throws Exception {
        ActiveRun run = client(1).runs().resume(start().id());
        place.faults().failNext(LOG, 503, 1000);
        MetricLogger metrics = run.metrics(o -> o.flushSize(100).spool(spool).closeDeadline(Duration.ofMillis(50)));
        double[] values = IntStream.range(0, 250).mapToDouble(i -> i).toArray();
        metrics.logSeries("loss", values, 0);

        refusedWith(() -> runs.resume(run.id()).metrics(o -> o.spool(spool)), MetricSpoolException.class, "in use");
        assertThat(runs.deliverSpooled(spool, SOON))
                .singleElement()
                .satisfies(d -> assertThat(d.failure().orElseThrow()).isInstanceOf(MetricSpoolException.class));
        refusedWith(metrics::close, MetricsUndeliveredException.class, "they are kept in " + spool, "deliverSpooled");
        place.faults().clear();
        assertThat(history(run, "loss")).isEmpty();

        assertThat(runs.deliverSpooled(spool, SOON))
                .containsExactly(new SpoolDelivery(run.id(), 250, java.util.Optional.empty()));
        assertThat(history(run, "loss")).extracting(Metric::value).containsExactlyElementsOf(upTo(250));
        assertThat(runs.deliverSpooled(spool, SOON)).isEmpty();
        try (var left = Files.list(spool)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @Proves("mlflow.metrics.spool")
    void spool_resumedRun_sendsTheOldOnesFirst() {
        ActiveRun run = client(1).runs().resume(start().id());
        MetricLogger metrics = run.metrics(o -> o.flushSize(2).spool(spool).closeDeadline(Duration.ofMillis(50)));
        metrics.log("loss", 0, 0).flush(SOON);
        place.faults().failNext(LOG, 503, 1000);
        metrics.log("loss", 1, 1).log("loss", 2, 2).log("loss", 3, 3);
        assertThatThrownBy(metrics::close).isInstanceOf(MetricsUndeliveredException.class);
        place.faults().clear();
        place.forgetRequests();

        ActiveRun again = runs.resume(run.id());
        again.metrics(o -> o.spool(spool)).log("loss", 4, 4);
        again.finish();

        assertThat(history(run, "loss")).extracting(Metric::value).containsExactlyElementsOf(upTo(5));
        assertThat(place.requests(LOG).get(0).body())
                .doesNotContain("\"step\":0}")
                .contains("\"step\":1}");
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    @Proves("mlflow.metrics.spool")
    void spool_ofARunThatIsGone_isKept() {
        ActiveRun run = start();
        runs.delete(run.id());
        MetricLogger metrics = run.metrics(o -> o.spool(spool));
        metrics.log("loss", 1);
        assertThatThrownBy(metrics::close).isInstanceOf(MetricsUndeliveredException.class);

        SpoolDelivery still = runs.deliverSpooled(spool, SOON).get(0);

        assertThat(still.delivered()).isZero();
        assertThat(still.failure().orElseThrow()).hasMessageContaining("restore it first");
        assertThat(spool).isNotEmptyDirectory();
    }

    @Test
    @Proves("mlflow.metrics.series")
    void logSeries_aCurve_isOneCall() {
        ActiveRun run = start();
        double[] curve =
                IntStream.range(0, 1000).mapToDouble(i -> 1.0 / (i + 1)).toArray();

        run.logSeries("loss", curve, 100);

        assertThat(place.requests(LOG)).hasSize(1);
        List<Metric> read = history(run, "loss");
        assertThat(read)
                .extracting(Metric::step)
                .startsWith(100L)
                .endsWith(1099L)
                .hasSize(1000);
        assertThat(read.stream().mapToDouble(Metric::value).toArray()).containsExactly(curve);
    }

    @Test
    @Proves("mlflow.special-numbers")
    void logSeries_anyDouble_isReadBackExactly() {
        ActiveRun run = start();
        double[] odd = {Double.NaN, 0.1, 1e300, -1e-300, Double.MIN_VALUE, Math.PI, 1.0 / 3, 1e16, 123456789012345678.0
        };

        run.logSeries("odd", odd, 0).logSeries("inf", new double[] {Double.NEGATIVE_INFINITY}, 0);

        Map<Long, Double> read = new LinkedHashMap<>();
        history(run, "odd").forEach(m -> read.put(m.step(), m.value()));
        for (int i = 0; i < odd.length; i++) {
            assertThat(read.get((long) i)).as("value %d", i).isEqualTo(Double.valueOf(odd[i]));
        }
        assertThat(history(run, "inf")).extracting(Metric::value).containsExactly(-Double.MAX_VALUE);
    }

    @Test
    @Proves({"mlflow.log-batch", "mlflow.history-pages"})
    void log_farMoreThanAnyLimit_isAllThereAndReadInPages() {
        ActiveRun run = start();
        double[] many = IntStream.range(0, 25_417).mapToDouble(i -> i).toArray();

        run.metrics().logSeries("m", many, 0);
        run.logParams(numbered("p", 250)).setTags(numbered("t", 130)).finish();

        assertThat(run.get().params()).hasSize(250);
        assertThat(run.get().tags()).containsAllEntriesOf(numbered("t", 130));
        assertThat(history(run, "m")).extracting(Metric::value).containsExactlyElementsOf(upTo(25_417));
        // MLflow 2 gives it all in one page, whatever is asked for
        assertThat(place.requests("metrics/get-history")).hasSizeBetween(1, 2);
    }

    private static Map<String, String> numbered(String prefix, int count) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            map.put(prefix + i, "value " + i);
        }
        return map;
    }

    @Test
    @Proves("mlflow.params-policy")
    void logParams_oneOfFiftyClashes_theOthersAreStored() {
        ActiveRun run = start();
        run.logParam("p7", "first");
        Map<String, String> fifty = numbered("p", 50);

        run.metrics().log("loss", 1, 1);
        run.logParams(fifty, LogPolicy.STRICT.keepFirst());
        assertThat(run.get().params()).hasSize(50).containsEntry("p7", "first").containsEntry("p8", "value 8");
        assertThat(run.get().tags()).doesNotContainKey("fairlead.param.p7");

        run.logParams(Map.of("p7", "third", "p50", "new"), LogPolicy.STRICT.newValueAsTag());
        assertThat(run.get().params()).hasSize(51).containsEntry("p7", "first");
        assertThat(run.get().tags()).containsEntry("fairlead.param.p7", "third");

        refusedWith(() -> run.logParams(Map.of("p7", "fourth", "p51", "x")), ConflictException.class, "p7");
        run.finish();
        assertThat(history(run, "loss")).hasSize(1);
    }

    @Test
    @Proves("mlflow.params-policy")
    void logParams_tooLong_isCutWhenAskedTo() {
        ActiveRun run = start();
        String smile = "\uD83D\uDE00";

        run.logParams(Map.of("long", smile.repeat(6001)), LogPolicy.STRICT.cut());
        run.setTags(Map.of("long", "x".repeat(9000)), LogPolicy.STRICT.cut());
        run.logParam("just", smile.repeat(6000));

        assertThat(run.get().params().get("long")).isEqualTo(smile.repeat(6000));
        assertThat(run.get().params().get("just")).isEqualTo(smile.repeat(6000));
        assertThat(run.get().tags().get("long")).isEqualTo("x".repeat(8000));
        refusedWith(() -> run.logParam("longer", smile.repeat(6001)), InvalidValueException.class, "6001 characters");
        refusedWith(() -> run.logParam("half", "a\uD83D"), InvalidValueException.class, "surrogate");
        // the same cut value again is no conflict
        run.logParams(Map.of("long", smile.repeat(7000)), LogPolicy.STRICT.cut());
    }

    /** Pieces of keys on both sides of every rule: Python's letters and digits are not Java's. */
    private static final List<String> PIECES = List.of(
            "a",
            "Z9",
            "_",
            "-",
            ".",
            "..",
            "/",
            "//",
            " ",
            ":",
            "é",
            "漢",
            "²",
            "½",
            "Ⅷ",
            "ª",
            "e\u0301",
            "\u203f",
            "Ⓐ",
            "\u200d",
            "\ud83d\ude00",
            "\ud835\udc9c",
            "$",
            "%",
            "\\",
            "\"",
            "'",
            "\t",
            "\nb",
            "x".repeat(245),
            "漢".repeat(249));

    @Test
    @Proves("mlflow.client-rules")
    void key_ofAnyKind_isJudgedAsTheServerDoes() throws Exception {
        ActiveRun run = start();
        Random random = new Random(11);
        HttpClient http = HttpClient.newHttpClient();
        int tries = "full".equals(System.getProperty("fairlead.campaign")) ? 5_000 : 150;
        int refused = 0;
        for (int i = 0; i < tries; i++) {
            StringBuilder built = new StringBuilder();
            for (int n = random.nextInt(4); n >= 0; n--) {
                built.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String key = built.toString();
            try {
                run.setTag(key, "v"); // fails here where the server is stricter
            } catch (InvalidValueException e) {
                refused++;
                assertThat(statusOf(http, run, key))
                        .as("the server on '%s', where we say: %s", key, e.getMessage())
                        .isEqualTo(400);
            }
        }
        assertThat(refused).isBetween(tries / 5, tries * 4 / 5);
    }

    private int statusOf(HttpClient http, ActiveRun run, String key) throws Exception {
        String body = JsonCodec.camelCase().text(Map.of("run_id", run.id(), "key", key, "value", "v"));
        return http.send(
                        HttpRequest.newBuilder(URI.create(mlflow.trackingUri() + "/api/2.0/mlflow/runs/set-tag"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    @Proves("mlflow.history-many")
    void history_manyRuns_isReadWholeOrThinned() {
        List<String> ids = new ArrayList<>();
        for (int r = 0; r < 3; r++) {
            ActiveRun run = start();
            int first = r;
            run.logSeries(
                    "m",
                    IntStream.range(0, 500).mapToDouble(i -> first * 1000 + i).toArray(),
                    0);
            ids.add(run.id());
        }
        ids.add(start().id());

        assertThat(runs.history(ids, "m")).hasSize(1500).startsWith(new RunMetric(ids.get(0), history(ids.get(0))));
        assertThat(runs.history(List.of(), "m")).isEmpty();

        Map<String, List<Metric>> thin = runs.sampledHistory(ids, "m", 20);
        assertThat(thin.keySet()).containsExactlyElementsOf(ids);
        assertThat(thin.get(ids.get(3))).isEmpty();
        List<Metric> third = thin.get(ids.get(2));
        assertThat(third)
                .hasSizeBetween(15, 22)
                .extracting(Metric::step)
                .isSorted()
                .startsWith(0L)
                .endsWith(499L);
        assertThat(third.get(0).value()).isEqualTo(2000);
        assertThat(runs.sampledHistory(ids, "m", 2500, 100, 102).get(ids.get(1)))
                .extracting(Metric::value)
                .containsExactly(1100.0, 1101.0, 1102.0);
        refusedWith(() -> runs.sampledHistory(ids, "m", 0), InvalidValueException.class, "from 1 to 2,500");
        refusedWith(() -> runs.sampledHistory(ids, "m", 5, 3, 2), InvalidValueException.class, "lastStep");
    }

    private Metric history(String runId) {
        return runs.history(runId, "m").stream().findFirst().orElseThrow();
    }

    @Test
    @Proves("mlflow.system-metrics")
    void systemMetrics_sampled_areLoggedUnderPythonsNames() {
        ActiveRun run = start();
        try (SystemMetrics system = run.systemMetrics(o -> o.interval(Duration.ofMinutes(5)))) {
            system.sample();
        }
        run.finish();

        Map<String, Metric> metrics = run.get().metrics();
        assertThat(metrics)
                .containsKeys(
                        "system/system_memory_usage_megabytes",
                        "system/system_memory_usage_percentage",
                        "system/disk_usage_percentage",
                        "system/disk_usage_megabytes",
                        "system/disk_available_megabytes",
                        "system/network_receive_megabytes",
                        "system/network_transmit_megabytes",
                        "system/jvm/heap_used_megabytes",
                        "system/jvm/gc_collections",
                        "system/jvm/threads");
        assertThat(metrics.get("system/system_memory_usage_percentage").value()).isBetween(0.1, 100.0);
        assertThat(metrics.get("system/jvm/threads").value()).isGreaterThan(1);
        long last = metrics.get("system/jvm/threads").step();

        ActiveRun again = runs.resume(run.id());
        again.systemMetrics(o -> o.nodeId("n1").jvm(false));
        again.systemMetrics();
        again.finish();
        assertThat(run.get().metric("system/jvm/threads").orElseThrow().step()).isGreaterThan(last);
    }
}
