package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagImportException;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunConflictException;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.LogicalDateConflictException;
import dev.fairlead.airflow.ServerInfo;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.UnauthenticatedException;
import dev.fairlead.error.UnavailableException;
import dev.fairlead.support.Proves;
import dev.fairlead.testing.Faults;
import dev.fairlead.testing.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds of every Airflow. All DAGs are delivered at once before the first test, and the slow runs started, so that tests only wait. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AirflowContract {
    static final Duration PARSED = Duration.ofMinutes(2);
    static final Duration RUN = Duration.ofMinutes(3);
    static final String SAID = "ValueError: no flights on 2026-02-30";

    private static final String STAMP = Long.toString(System.currentTimeMillis(), 36);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** A server with its faults, and what a fake must be told, since it runs no Python. */
    interface Place extends AutoCloseable {
        /** Starts a client that may do everything. */
        AirflowClient.Builder client();

        /** Starts a client that may only read. */
        AirflowClient.Builder viewer();

        Faults faults();

        List<RecordedRequest> requests(String operation);

        void forgetRequests();

        /** Lets a task fail on each try with this in its log; a real server runs code that does. */
        void failTask(String dagId, String taskId, String log);

        /** Lets a task run for minutes; a real server runs code that does. */
        void slowTask(String dagId, String taskId);

        /** Lets the file of a DAG be refused at a task; a real server finds that itself. */
        void refuse(String dagId, String taskId, String error);

        /** Lets the file of a DAG be taken again. */
        void mend(String dagId);

        /** Lets a task return a value; a real server runs code that does. */
        void returns(String dagId, String taskId, Object value);

        @Override
        void close();
    }

    Place place;
    AirflowClient airflow;
    final Map<String, Operation<DeployedDag>> deliveries = new LinkedHashMap<>();

    private Operation<DagRun> good;
    private Operation<DagRun> failing;

    abstract Place open();

    /** What a suite delivers beside what all do. */
    List<Dag> moreDags() {
        return List.of();
    }

    /** Starts what a suite runs beside what all do. */
    void startMore() {}

    @BeforeAll
    void deliver() {
        place = open();
        airflow = place.client().build();
        place.failTask(id("failing"), "load", SAID);
        place.returns(id("good"), "train", Map.of("rows", 5));
        place.slowTask(id("slow"), "sleep");
        List<Dag> dags = new ArrayList<>(List.of(
                goodDag(),
                failingDag(),
                instant("keyed"),
                instant("paused", b -> b.startsPaused(true)),
                instant("gone"),
                slowDag()));
        dags.addAll(moreDags());
        dags.forEach(dag -> deliveries.put(dag.id(), airflow.dags().deploy(dag)));
        deliveries.values().forEach(d -> d.await(PARSED));
        good = airflow.runs()
                .trigger(id("good"), t -> t.runId("first").putConf("day", 5).note("the first"));
        failing = airflow.runs().trigger(id("failing"), t -> t.runId("first"));
        startMore();
    }

    @AfterAll
    void leave() {
        if (place == null) {
            return;
        }
        place.faults().clear();
        deliveries.keySet().forEach(dag -> airflow.dags().undeploy(dag));
        place.close();
    }

    @AfterEach
    void noFaultIsLeft() {
        int left = place.faults().pending();
        place.faults().clear();
        assertThat(left).as("faults that met no call").isZero();
    }

    static String id(String name) {
        return "c" + STAMP + "_" + name;
    }

    static String unique(String name) {
        return name + "-" + COUNT.incrementAndGet();
    }

    private static Dag goodDag() {
        return Dag.builder(id("good"))
                .description("three steps")
                .addTags("contract")
                .bash("extract", "echo extracted")
                .python("train", t -> t.code("return {'rows': rows}").putArgument("rows", 5))
                .empty("done")
                .chain("extract", "train", "done")
                .build();
    }

    private static Dag failingDag() {
        return Dag.builder(id("failing"))
                .python(
                        "load",
                        t -> t.code("raise ValueError('no flights on 2026-02-30')")
                                .retries(1, Duration.ofSeconds(1)))
                .empty("never")
                .python("tidy", t -> t.code("pass").triggerRule(TriggerRule.ALL_DONE))
                .addEdge("load", "never")
                .addEdge("load", "tidy")
                .build();
    }

    private static Dag slowDag() {
        return Dag.builder(id("slow")).bash("sleep", "sleep 120").build();
    }

    /** A DAG of tasks that need no worker: its runs end as soon as the scheduler looks. */
    static Dag instant(String name) {
        return instant(name, b -> {});
    }

    static Dag instant(String name, java.util.function.Consumer<Dag.Builder> more) {
        Dag.Builder dag = Dag.builder(id(name)).empty("a").empty("b").addEdge("a", "b");
        more.accept(dag);
        return dag.build();
    }

    @Test
    @Proves("airflow.login")
    void server_userAndPassword_tellsVersionAndLogsInOnce() {
        place.forgetRequests();
        AirflowClient fresh = place.client().build();

        ServerInfo server = fresh.server();
        fresh.dags().get(id("good"));
        fresh.dags().get(id("failing"));

        assertThat(server.version()).startsWith("3.");
        assertThat(server.version()).startsWith(server.dialect().version());
        assertThat(place.requests("POST auth/token")).hasSize(1);
        assertThat(place.requests("GET dags"))
                .allSatisfy(
                        r -> assertThat(r.header("authorization").orElse("")).startsWith("Bearer "));
    }

    @Test
    @Proves("airflow.login")
    void call_refusedToken_logsInAgainOnce() {
        airflow.dags().get(id("good"));
        place.forgetRequests();
        place.faults().failNext("GET dags", 401, 1);

        assertThat(airflow.dags().get(id("good")).id()).isEqualTo(id("good"));
        assertThat(place.requests("POST auth/token")).hasSize(1);
    }

    @Test
    @Proves("airflow.login")
    void call_wrongPassword_saysWhichSettings() {
        AirflowClient stranger =
                place.client().endpoint(e -> e.basic("admin", "wr0ng-pass")).build();

        assertThatThrownBy(() -> stranger.dags().get(id("good")))
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("auth/token")
                .hasMessageContaining("airflow.password")
                .hasMessageNotContaining("wr0ng-pass");
        AirflowClient nobody = place.client()
                .endpoint(e -> e.credentials(CredentialsProvider.none()))
                .build();
        assertThatThrownBy(() -> nobody.dags().get(id("good")))
                .isInstanceOf(UnauthenticatedException.class)
                .hasMessageContaining("airflow.token");
    }

    @Test
    @Proves("airflow.errors")
    void trigger_viewer_isNotAllowed() {
        AirflowClient viewer = place.viewer().build();

        assertThat(viewer.dags().get(id("keyed")).id()).isEqualTo(id("keyed"));
        assertThatThrownBy(() -> viewer.runs().trigger(id("keyed")))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("the user's role in Airflow does not allow it");
    }

    @Test
    @Proves("airflow.deploy-confirmed")
    void deploy_again_changesNothingAndIsConfirmed() {
        DeployedDag first = airflow.dags().deploy(goodDag()).await(PARSED);

        DeployedDag again = place.client().build().dags().deploy(goodDag()).await(PARSED);

        assertThat(again.sha256()).isEqualTo(first.sha256());
        assertThat(again.version()).isEqualTo(first.version()).isPresent();
        assertThat(again.paused()).isFalse();
        assertThat(airflow.dags().source(id("good")).orElseThrow())
                .isEqualTo(goodDag().render(airflow.server().dialect()).source());
    }

    @Test
    @Proves("airflow.deploy-confirmed")
    void deploy_change_isConfirmedByTheNewSource() {
        Dag before = instant("changing", b -> b.description("before").addTags("contract"));
        Operation<DeployedDag> old = airflow.dags().deploy(before);
        deliveries.put(before.id(), old);
        old.await(PARSED);

        airflow.dags().deploy(before.with(b -> b.description("after"))).await(PARSED);

        DagInfo info = airflow.dags().get(before.id());
        assertThat(info.description()).hasValue("after");
        assertThat(info.tags()).containsExactly("contract");
        assertThat(info.stale()).isFalse();
        assertThat(info.importErrors()).isFalse();
        assertThatThrownBy(() -> old.await(PARSED))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining("its file was removed or replaced since");
    }

    @Test
    @Proves("airflow.deploy-confirmed")
    void operation_ofADelivery_isTakenUpByAnotherClient() {
        Operation<DeployedDag> here = deliveries.get(id("keyed"));

        DeployedDag there = place.client().build().dags().operation(here.id()).await(PARSED);

        assertThat(there.dagId()).isEqualTo(id("keyed"));
        assertThat(here.id()).isEqualTo(id("keyed") + "@" + there.sha256());
    }

    @Test
    @Proves("airflow.import-error")
    void deploy_fileThatCannotBeImported_namesTheJavaTask() {
        Dag broken = Dag.builder(id("broken"))
                .empty("first")
                .python("train", t -> t.code("rows = [1, 2\nreturn rows"))
                .addEdge("first", "train")
                .build();
        place.refuse(broken.id(), "train", "SyntaxError: '[' was never closed");
        Operation<DeployedDag> delivery = airflow.dags().deploy(broken);
        deliveries.put(broken.id(), delivery);

        assertThatThrownBy(() -> delivery.await(PARSED))
                .isInstanceOf(OperationFailedException.class)
                .isInstanceOfSatisfying(DagImportException.class, e -> {
                    assertThat(e.dagId()).isEqualTo(broken.id());
                    assertThat(e.taskId()).hasValue("train");
                    assertThat(e.origin().orElseThrow()).startsWith("AirflowContract.java:");
                    assertThat(e.line()).isPresent();
                    assertThat(e.logExcerpt()).contains("SyntaxError");
                })
                .hasMessageContaining("task 'train', built at AirflowContract.java:")
                .hasMessageContaining("SyntaxError: '[' was never closed");
        assertThatThrownBy(() -> airflow.runs().trigger(broken.id()))
                .isInstanceOf(DagImportException.class)
                .hasMessageContaining("cannot import DAG " + broken.id())
                .hasMessageContaining("SyntaxError");

        place.mend(broken.id());
        assertThat(airflow.dags().deploy(instant("broken")).await(PARSED).dagId())
                .isEqualTo(broken.id());
        assertThat(trigger("broken", "mended").await(RUN).state()).isEqualTo(DagRunState.SUCCESS);
    }

    @Test
    @Proves("airflow.trigger-idempotent")
    void trigger_sameKeyTwice_isOneRun() {
        String key = unique("twice");
        DagRun first = trigger("keyed", key).await(RUN);

        DagRun second = trigger("keyed", key).await(RUN);

        assertThat(second.operationId()).isEqualTo(first.operationId());
        assertThat(runs("keyed", key)).hasSize(1);
    }

    /** How many trigger at once. */
    int parallel() {
        return 20;
    }

    @Test
    @Proves("airflow.trigger-idempotent")
    void trigger_sameKeyInManyThreads_isOneRun() throws Exception {
        String key = unique("threads");
        int count = parallel();
        CyclicBarrier start = new CyclicBarrier(count);
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<String>> ids = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ids.add(threads.submit(() -> {
                    start.await();
                    return trigger("keyed", key).id();
                }));
            }
            Set<String> different = new HashSet<>();
            for (Future<String> id : ids) {
                different.add(id.get());
            }
            assertThat(different).containsExactly(id("keyed") + "/" + key);
        } finally {
            threads.shutdownNow();
        }
        assertThat(runs("keyed", key)).hasSize(1);
    }

    @Test
    @Proves("airflow.trigger-idempotent")
    void trigger_replyLost_isOneRunAndNoError() {
        String key = unique("lost");
        place.faults().dropNextReply("POST dagRuns", 1);

        assertThat(trigger("keyed", key).await(RUN).state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(runs("keyed", key)).hasSize(1);
    }

    @Test
    @Proves("airflow.trigger-conflict")
    void trigger_sameKeyWithAnotherConfiguration_isRefusedWithTheRun() {
        String key = unique("conf");
        airflow.runs().trigger(id("keyed"), t -> t.runId(key).putConf("rows", 10));

        assertThatThrownBy(() ->
                        airflow.runs().trigger(id("keyed"), t -> t.runId(key).putConf("rows", 11)))
                .isInstanceOfSatisfying(DagRunConflictException.class, e -> {
                    assertThat(e.existing().id()).isEqualTo(key);
                    assertThat(e.existing().conf()).isEqualTo(Map.of("rows", 10));
                })
                .hasMessageContaining("run '" + key + "' exists with another configuration");
    }

    @Test
    @Proves("airflow.trigger-conflict")
    void trigger_takenLogicalDate_isToldFromATakenKey() {
        Instant date = Instant.parse("2025-01-05T03:00:00.123456789Z");
        String key = unique("dated");
        DagRun run = airflow.runs()
                .trigger(id("keyed"), t -> t.runId(key).logicalDate(date))
                .await(RUN);
        assertThat(run.logicalDate()).hasValue(Instant.parse("2025-01-05T03:00:00.123456Z"));
        assertThat(airflow.runs()
                        .trigger(id("keyed"), t -> t.runId(key).logicalDate(date))
                        .id())
                .isEqualTo(run.operationId());

        assertThatThrownBy(() -> airflow.runs()
                        .trigger(id("keyed"), t -> t.runId(unique("dated")).logicalDate(date)))
                .isInstanceOfSatisfying(
                        LogicalDateConflictException.class,
                        e -> assertThat(e.existing().id()).isEqualTo(key))
                .hasMessageContaining("run '" + key + "' already stands for 2025-01-05T03:00:00.123456");
    }

    @Test
    void trigger_withoutKey_choosesOneEachTime() {
        assertThat(airflow.runs().trigger(id("keyed")).id())
                .isNotEqualTo(airflow.runs().trigger(id("keyed")).id());
    }

    @Test
    @Proves("airflow.errors")
    void trigger_unknownDag_saysSo() {
        assertThatThrownBy(() -> airflow.runs().trigger(id("nowhere")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(id("nowhere"))
                .hasMessageContaining("deploy it");
        assertThatThrownBy(() -> airflow.dags().get(id("nowhere"))).isInstanceOf(NotFoundException.class);
        assertThat(airflow.dags().find(id("nowhere"))).isEmpty();
        assertThat(airflow.dags().source(id("nowhere"))).isEmpty();
        assertThatThrownBy(() -> airflow.runs().get(id("keyed"), "nowhere")).isInstanceOf(NotFoundException.class);
        assertThat(airflow.runs().find(id("keyed"), "nowhere")).isEmpty();
    }

    @Test
    @Proves("airflow.errors")
    void get_serverFails_isRetriedAndThenTyped() {
        place.faults().failNext("GET dags", 503, 1);
        assertThat(airflow.dags().get(id("good")).id()).isEqualTo(id("good"));

        AirflowClient once = place.client()
                .platform(p -> p.retry(
                        r -> new dev.fairlead.config.RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), 1)))
                .build();
        once.server();
        place.faults().failNext("GET dags", 503, 1);
        assertThatThrownBy(() -> once.dags().get(id("good"))).isInstanceOf(UnavailableException.class);
    }

    @Test
    @Proves("airflow.wait")
    void await_success_givesTheRunAndItsTasks() {
        List<String> states = new ArrayList<>();
        DagRun run = good.onProgress(p -> states.add(p.state())).await(RUN);

        assertThat(run.state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(run.conf()).isEqualTo(Map.of("day", 5));
        assertThat(run.note()).hasValue("the first");
        assertThat(run.startedAt()).isPresent();
        assertThat(run.endedAt()).isPresent();
        assertThat(run.type()).isEqualTo("manual");
        assertThat(states).last().isEqualTo("done");
        assertThat(airflow.runs().tasks(id("good"), "first").stream())
                .extracting(TaskInstance::taskId, TaskInstance::state)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("extract", TaskState.SUCCESS),
                        org.assertj.core.groups.Tuple.tuple("train", TaskState.SUCCESS),
                        org.assertj.core.groups.Tuple.tuple("done", TaskState.SUCCESS));
        assertThat(airflow.runs().operation(good.id()).await(RUN)).isEqualTo(run);
    }

    @Test
    @Proves("airflow.outputs")
    void output_ofATask_isReadAsATree() {
        good.await(RUN);

        assertThat(airflow.runs().output(id("good"), "first", "train")).hasValue(Map.of("rows", 5));
        assertThat(airflow.runs().output(id("good"), "first", "done")).isEmpty();
    }

    @Test
    @Proves("airflow.wait-survives")
    void await_whileTheServerFails_waitsOn() {
        Operation<DagRun> run = trigger("keyed", unique("through"));
        place.faults().failNext("GET dagRuns", 503, 4);
        assertThat(run.await(RUN).state()).isEqualTo(DagRunState.SUCCESS);

        Operation<DeployedDag> delivery = airflow.dags().deploy(instant("keyed"));
        place.faults().failNext("GET importErrors", 503, 4);
        assertThat(delivery.await(PARSED).dagId()).isEqualTo(id("keyed"));
    }

    @Test
    @Proves("airflow.failure")
    void await_failingTask_namesItWithItsLog() {
        assertThatThrownBy(() -> failing.await(RUN))
                .isInstanceOf(OperationFailedException.class)
                .isInstanceOfSatisfying(DagRunFailedException.class, e -> {
                    assertThat(e.operationId()).isEqualTo(id("failing") + "/first");
                    assertThat(e.failedTasks()).extracting(TaskInstance::taskId).containsExactly("load");
                    assertThat(e.logExcerpt()).contains(SAID);
                })
                .hasMessageContaining("task 'load' failed on try 2 of 2")
                .hasMessageContaining(SAID);
    }

    @Test
    @Proves("airflow.logs")
    void logs_ofATaskTriedTwice_areOneEach() {
        assertThatThrownBy(() -> failing.await(RUN)).isInstanceOf(DagRunFailedException.class);

        List<TaskLog> logs = airflow.runs().logs(id("failing"), "first", "load");

        assertThat(logs).extracting(TaskLog::tryNumber).containsExactly(1, 2);
        assertThat(logs).allSatisfy(log -> assertThat(log.text()).contains(SAID));
        assertThat(airflow.runs().tries(id("failing"), "first", "load"))
                .extracting(TaskInstance::tryNumber, TaskInstance::maxTries)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 1), org.assertj.core.groups.Tuple.tuple(2, 1));
        assertThat(airflow.runs().log(id("failing"), "first", "load", 2)).isEqualTo(logs.get(1));
    }

    @Test
    @Proves("airflow.logs")
    void logs_ofATaskNeverRun_haveNoTry() {
        assertThatThrownBy(() -> failing.await(RUN)).isInstanceOf(DagRunFailedException.class);

        assertThat(airflow.runs().tasks(id("failing"), "first").stream()
                        .filter(t -> t.taskId().equals("never")))
                .extracting(TaskInstance::state)
                .containsExactly(TaskState.UPSTREAM_FAILED);
        assertThat(airflow.runs().logs(id("failing"), "first", "never"))
                .allSatisfy(log -> assertThat(log.tryNumber()).isZero());
        assertThatThrownBy(() -> airflow.runs().logs(id("failing"), "first", "nobody"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    @Proves({"airflow.pause", "airflow.reattach"})
    void trigger_pausedDag_staysQueuedUntilUnpaused() {
        String key = unique("waits");
        Operation<DagRun> waiting = trigger("paused", key);
        List<String> details = new ArrayList<>();

        assertThatThrownBy(
                        () -> waiting.onProgress(p -> details.add(p.detail())).await(Duration.ofSeconds(3)))
                .isInstanceOfSatisfying(OperationTimeoutException.class, e -> {
                    assertThat(e.state()).isEqualTo("queued");
                    assertThat(e.operationId()).isEqualTo(waiting.id());
                    assertThat(e.retryable()).isTrue();
                })
                .hasMessageContaining("it goes on");
        assertThat(details).anySatisfy(d -> assertThat(d).contains("the DAG is paused: unpause it"));
        assertThat(airflow.runs().get(id("paused"), key).state()).isEqualTo(DagRunState.QUEUED);
        assertThat(airflow.dags().get(id("paused")).paused()).isTrue();

        assertThat(airflow.dags().unpause(id("paused")).paused()).isFalse();
        DagRun run = place.client().build().runs().operation(waiting.id()).await(RUN);
        assertThat(run.state()).isEqualTo(DagRunState.SUCCESS);
        assertThat(airflow.dags().pause(id("paused")).paused()).isTrue();
        assertThat(airflow.runs()
                        .trigger(id("paused"), t -> t.runId(unique("unpauses")).unpause(true))
                        .await(RUN)
                        .state())
                .isEqualTo(DagRunState.SUCCESS);
    }

    @Test
    @Proves("airflow.cancel")
    void cancel_runningRun_failsItAndItsTasks() {
        Operation<DagRun> slow = trigger("slow", unique("cancel"));

        slow.cancel();

        assertThatThrownBy(() -> slow.await(RUN)).isInstanceOf(DagRunFailedException.class);
    }

    @Test
    @Proves("airflow.runs")
    void list_runs_byState_latestFirst() {
        String key = unique("listed");
        trigger("keyed", key).await(RUN);

        assertThat(airflow.runs().list(id("keyed"), DagRunState.SUCCESS).stream())
                .anyMatch(r -> r.id().equals(key));
        assertThat(airflow.runs().list(id("keyed"), DagRunState.FAILED).stream())
                .isEmpty();
        assertThat(airflow.dags().list().stream()).extracting(DagInfo::id).contains(id("good"), id("keyed"));
        airflow.runs().delete(id("keyed"), key);
        assertThat(airflow.runs().find(id("keyed"), key)).isEmpty();
    }

    @Test
    @Proves("airflow.undeploy")
    void undeploy_makesItStaleAndKeepsItsRuns_deleteForgetsIt() {
        trigger("gone", "first").await(RUN);

        assertThat(airflow.dags().undeploy(id("gone")).await(PARSED)).isTrue();

        assertThat(airflow.dags().find(id("gone")).map(DagInfo::stale)).hasValue(true);
        assertThatThrownBy(() -> airflow.runs().trigger(id("gone")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("deploy it again");
        assertThat(airflow.runs().get(id("gone"), "first").state()).isEqualTo(DagRunState.SUCCESS);
        airflow.dags().delete(id("gone"));
        assertThat(airflow.dags().find(id("gone"))).isEmpty();
        assertThat(airflow.dags().undeploy(id("gone")).await(PARSED)).isFalse();
    }

    Operation<DagRun> trigger(String dag, String key) {
        return airflow.runs().trigger(id(dag), t -> t.runId(key));
    }

    private List<DagRun> runs(String dag, String key) {
        return airflow.runs().list(id(dag)).stream()
                .filter(r -> r.id().equals(key))
                .toList();
    }
}
