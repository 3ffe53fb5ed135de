package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLog;
import dev.fairlead.airflow.TaskLogLine;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.OperationFailedException;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How runs are followed, read, cleared and marked. */
abstract class RunsContract extends AirflowContract {
    static final String SAID = "ValueError: no flights on 2026-02-30";
    private static final List<String> LINES =
            IntStream.rangeClosed(1, 8).mapToObj(i -> "line-" + i).toList();

    private Operation<DagRun> good;
    private Operation<DagRun> failing;
    private Operation<DagRun> chatty;

    /** What the task 'train' returns. */
    record Trained(int rows) {}

    /** What it does not return. */
    record Other(List<String> rows) {}

    @Override
    List<Dag> dags() {
        return List.of(
                goodDag(),
                failingDag(),
                chattyDag(),
                instant("keyed"),
                instant("paused", b -> b.startsPaused(true)),
                Dag.builder(id("slow")).bash("sleep", "sleep 120").build());
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

    /** Writes its lines slowly, twice: the first try fails. */
    private static Dag chattyDag() {
        return Dag.builder(id("chatty"))
                .bash(
                        "talk",
                        t -> t.command(
                                        Template.of(
                                                "for i in 1 2 3 4 5 6 7 8; do echo line-$i; sleep 0.5; done; test {{ ti.try_number }} -gt 1"))
                                .retries(1, Duration.ofSeconds(1)))
                .build();
    }

    @Override
    void script() {
        place.failTask(id("failing"), "load", SAID, Integer.MAX_VALUE);
        place.returns(id("good"), "train", Map.of("rows", 5));
        place.slowTask(id("slow"), "sleep");
        place.writes(id("chatty"), "talk", LINES, Duration.ofSeconds(4), 1);
    }

    @Override
    void start() {
        chatty = trigger("chatty", "first");
        good = airflow.runs()
                .trigger(id("good"), t -> t.runId("first").putConf("day", 5).note("the first"));
        failing = trigger("failing", "first");
    }

    @Test
    @Proves("airflow.log-follow")
    void followLog_whileTheTaskRunsTwice_tellsEachLineOnceAndInOrder() {
        List<TaskLogLine> told = new ArrayList<>();
        place.faults().truncateNextReply("logs", 700, 1); // a log that breaks off is taken up where it was

        TaskInstance end = airflow.runs()
                .followLog(id("chatty"), "first", "talk", told::add)
                .await(RUN);

        assertThat(end.state()).isEqualTo(TaskState.SUCCESS);
        assertThat(end.tryNumber()).isEqualTo(2);
        for (int number = 1; number <= 2; number++) {
            int wanted = number;
            assertThat(told.stream().filter(l -> l.tryNumber() == wanted).map(TaskLogLine::text))
                    .as("try %s", wanted)
                    .filteredOn(text -> text.startsWith("line-"))
                    .containsExactlyElementsOf(LINES);
        }
        assertThat(told.stream().map(TaskLogLine::tryNumber)).isSorted();
        assertThat(told).noneMatch(l -> l.text().contains("Log message source details"));
        assertThat(chatty.await(RUN).state()).isEqualTo(DagRunState.SUCCESS);
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
        assertThat(airflow.runs().outputs(id("good"), "first")).containsEntry("train", Map.of("rows", 5));
    }

    @Test
    @Proves("airflow.outputs-typed")
    void output_asARecord_isReadOrRefusedWithThePlace() {
        good.await(RUN);

        assertThat(airflow.runs().output(id("good"), "first", "train", Trained.class))
                .hasValue(new Trained(5));
        assertThat(airflow.runs().output(id("good"), "first", "done", Trained.class))
                .isEmpty();
        assertThatThrownBy(() -> airflow.runs().output(id("good"), "first", "train", Other.class))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining(id("good") + "/first/train")
                .hasMessageContaining("rows")
                .hasMessageContaining("it is an object of [rows], read as Other");
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
    @Proves("airflow.wait-stream")
    void await_streamThatIsCut_isTakenUp() {
        Operation<DagRun> paused = trigger("paused", unique("cut"));
        if (airflow.server().atLeast(3, 1)) {
            place.faults().truncateNextReply("GET wait", 10, 1);
        }
        List<String> states = new ArrayList<>();
        assertThatThrownBy(() -> paused.onProgress(p -> states.add(p.state())).await(Duration.ofSeconds(4)))
                .isInstanceOf(OperationTimeoutException.class);
        assertThat(states).isNotEmpty().allMatch("queued"::equals);
        paused.cancel();
        assertThatThrownBy(() -> paused.await(RUN)).isInstanceOf(DagRunFailedException.class);
    }

    @Test
    @Proves("airflow.wait-many")
    void completion_ofManyRuns_eachEndsAsItDid() {
        List<CompletableFuture<DagRun>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ends.add(trigger("keyed", unique("many")).completion(RUN));
        }
        CompletableFuture<DagRun> fails = failing.completion(RUN);
        CompletableFuture<DagRun> late = trigger("paused", unique("late")).completion(Duration.ofSeconds(2));
        CompletableFuture<DagRun> dropped = trigger("paused", unique("dropped")).completion(RUN);
        assertThat(dropped.cancel(true)).isTrue();

        assertThat(ends).allSatisfy(end -> assertThat(end.join().state()).isEqualTo(DagRunState.SUCCESS));
        assertThatThrownBy(fails::join)
                .hasCauseInstanceOf(DagRunFailedException.class)
                .hasMessageContaining(SAID);
        assertThatThrownBy(late::join)
                .hasCauseInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("had not ended after 2s, last seen queued");
        assertThatThrownBy(() -> airflow.runs()
                        .operation(id("keyed"), "nowhere")
                        .completion(RUN)
                        .join())
                .hasCauseInstanceOf(NotFoundException.class);
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
    @Proves("airflow.runs")
    void list_runs_byState_latestFirst() {
        String key = unique("listed");
        trigger("keyed", key).await(RUN);

        assertThat(airflow.runs().list(id("keyed"), DagRunState.SUCCESS).stream())
                .anyMatch(r -> r.id().equals(key));
        assertThat(airflow.runs().list(id("keyed"), DagRunState.FAILED).stream())
                .isEmpty();
        assertThat(airflow.dags().list().stream()).extracting(DagInfo::id).contains(id("good"), id("keyed"));
        assertThat(airflow.runs().list(id("keyed"), DagRunState.SUCCESS, DagRunState.FAILED).stream())
                .anyMatch(r -> r.id().equals(key));
        airflow.runs().delete(id("keyed"), key);
        assertThat(airflow.runs().find(id("keyed"), key)).isEmpty();
    }
}
