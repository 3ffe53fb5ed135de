package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AssetInfo;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunConflictException;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.ManyRuns;
import dev.fairlead.airflow.StateStore;
import dev.fairlead.airflow.StoredState;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.admin.BulkException;
import dev.fairlead.airflow.admin.ConnectionSpec;
import dev.fairlead.airflow.admin.PoolSpec;
import dev.fairlead.airflow.admin.VariableSpec;
import dev.fairlead.airflow.dag.Asset;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.support.Proves;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** States that tasks keep, previews of marks, and what changes many runs or tasks at once. */
abstract class OperationsContract extends SurfaceContract {
    final String base = unique("operations");
    final String uri = "s3://" + base.replace('_', '-') + "/flights";
    final String id = base + "_all";
    final String daily = base + "_daily";
    final String parts = base + "_parts";
    Operation<DagRun> run;
    AssetInfo asset;

    @Override
    void prepare() throws Exception {
        Asset made = Asset.of(base, uri);
        place.asks(id, "ask", "Go on?", List.of("Yes", "No"), Map.of());
        List<Operation<DeployedDag>> deliveries = List.of(
                airflow.dags().deploy(all(made)),
                airflow.dags().deploy(daily()),
                airflow.dags()
                        .deploy(Dag.builder(parts)
                                .schedule(Schedule.partitions(made))
                                .startsPaused(true)
                                .empty("a")
                                .build()));
        deliveries.forEach(d -> d.await(PARSED));
        place.asset(base, uri, id, parts);
        asset = airflow.assets().get(uri);
        airflow.dags().pause(daily);
        airflow.dags().pause(parts);
        run = airflow.runs().trigger(id, t -> t.runId("r1"));
        awaitState("g.a", TaskState.SUCCESS);
    }

    Dag daily() {
        return Dag.builder(daily)
                .schedule(Schedule.cron("0 0 * * *", ZoneOffset.UTC))
                .startsPaused(true)
                .empty("a")
                .build();
    }

    private Dag all(Asset made) {
        return Dag.builder(id)
                .group("g", g -> g.bash("a", b -> b.command("echo 5").addOutlets(made)))
                .bash("m", b -> b.mapping(Mapping.over("command", List.of("echo 1"))))
                .approval("ask", a -> a.subject("Go on?").addOptions("Yes", "No"))
                .build();
    }

    void awaitState(String taskId, TaskState state) {
        Eventually.get(
                taskId + " is " + state,
                RUN,
                () -> airflow.runs().tasks(id, "r1").stream()
                        .filter(t -> t.taskId().equals(taskId) && t.state().equals(state))
                        .findFirst());
    }

    @Test
    @Proves("airflow.states")
    void states_ofATask_areKeptUpdatedAndForgotten() {
        StateStore.OfTask states = airflow.states().of(id, "r1", "g.a");
        Instant until = Instant.parse("2031-01-01T00:00:00Z");

        states.set("epoch/1", Map.of("loss", 0.5, "names", List.of("a", "\u00e9")));
        states.set("until", 5, until);
        states.keep("for ever", true);
        states.update("until", 6);

        assertThat(states.find("epoch/1").map(StoredState::value))
                .hasValue(Map.of("loss", new BigDecimal("0.5"), "names", List.of("a", "\u00e9")));
        assertThat(states.find("epoch/1").flatMap(StoredState::expiresAt)).isPresent();
        assertThat(states.find("until")).hasValueSatisfying(s -> {
            assertThat(s.value()).isEqualTo(6);
            assertThat(s.expiresAt()).hasValue(until);
        });
        assertThat(states.find("for ever").flatMap(StoredState::expiresAt)).isEmpty();
        assertThat(states.list().stream()).extracting(StoredState::key).containsExactly("epoch/1", "for ever", "until");
        assertThatThrownBy(() -> states.update("nobody", 1)).isInstanceOf(NotFoundException.class);
        states.delete("until");
        states.delete("until");
        assertThat(states.find("until")).isEmpty();
        states.clear();
        assertThat(states.list().stream()).isEmpty();
        states.set("again", 1);
        states.clearAll();
        assertThat(states.find("again")).isEmpty();
    }

    @Test
    @Proves("airflow.states")
    void states_ofAnAsset_areKeptAndForgotten() {
        StateStore states = airflow.states().of(asset);

        states.set("watermark", "2026-01-31");
        states.set("watermark", "2026-02-01");
        states.set("rows", 5);

        assertThat(states.find("watermark").map(StoredState::value)).hasValue("2026-02-01");
        assertThat(states.list().stream()).extracting(StoredState::key).containsExactly("rows", "watermark");
        states.delete("rows");
        assertThat(states.find("rows")).isEmpty();
        states.clear();
        assertThat(states.list().stream()).isEmpty();
        assertThatThrownBy(() -> states.set("..", 1))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must not be a path");
    }

    @Test
    @Proves("airflow.mark")
    void mark_ofATaskOrGroup_isPreviewedAndThenMade() {
        assertThat(airflow.runs().previewMark(id, "r1", "g.a", -1, TaskState.FAILED))
                .extracting(TaskInstance::taskId)
                .contains("g.a");
        assertThat(airflow.runs().previewMarkGroup(id, "r1", "g", TaskState.FAILED))
                .extracting(TaskInstance::taskId)
                .containsExactly("g.a");
        assertThat(airflow.runs().task(id, "r1", "g.a").state()).isEqualTo(TaskState.SUCCESS);

        for (TaskState state : List.of(TaskState.SKIPPED, TaskState.SUCCESS)) {
            assertThat(airflow.runs().markGroup(id, "r1", "g", state))
                    .extracting(TaskInstance::taskId)
                    .containsExactly("g.a");
        }
        assertThat(airflow.runs().markGroup(id, "r1", "g", TaskState.SUCCESS))
                .as("all are so already")
                .isEmpty();

        assertThat(airflow.runs().task(id, "r1", "g.a").state()).isEqualTo(TaskState.SUCCESS);
        assertThat(airflow.runs().markTask(id, "r1", "g.a", TaskState.SUCCESS).state())
                .as("what is so already")
                .isEqualTo(TaskState.SUCCESS);
        assertThatThrownBy(() -> airflow.runs().markGroup(id, "r1", "nobody", TaskState.SUCCESS))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> airflow.runs().markGroup(id, "r1", "g", TaskState.RUNNING))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be success, failed or skipped");
    }

    @Test
    @Proves("airflow.runs")
    void tasks_areFoundAcrossRuns_andReadByTheirTry() {
        assertThat(
                        airflow
                                .runs()
                                .findTasks(q ->
                                        q.addDagIds(id, daily).addTaskIds("g.a").addStates(TaskState.SUCCESS))
                                .stream())
                .singleElement()
                .satisfies(t -> assertThat(t.runId()).isEqualTo("r1"));
        assertThat(airflow.runs().findTasks(q -> q.addDagIds(id).addRunIds("nobody")).stream())
                .isEmpty();
        assertThat(
                        airflow
                                .runs()
                                .findTasks(q ->
                                        q.addDagIds(id).addPools("default_pool").addQueues("default"))
                                .stream())
                .extracting(TaskInstance::taskId)
                .contains("g.a", "ask");
        assertThat(airflow.runs().attempt(id, "r1", "g.a", -1, 1).tryNumber()).isEqualTo(1);
        assertThatThrownBy(() -> airflow.runs().attempt(id, "r1", "g.a", -1, 9)).isInstanceOf(NotFoundException.class);
    }

    @Test
    @Proves({"airflow.many-runs", "airflow.bulk"})
    void manyRuns_areMarkedClearedAndDeletedTogether() {
        ManyRuns many = airflow.runs().many(daily);
        for (String runId : List.of("one", "two", "three")) {
            airflow.runs().trigger(daily, t -> t.runId(runId));
        }

        assertThat(many.mark(DagRunState.FAILED, "one", "two").updated()).containsExactlyInAnyOrder("one", "two");
        assertThat(airflow.runs().get(daily, "two").state()).isEqualTo(DagRunState.FAILED);
        assertThat(many.preview("one", "two")).extracting(TaskInstance::runId).contains("one", "two");
        assertThat(airflow.runs().get(daily, "two").state()).isEqualTo(DagRunState.FAILED);
        assertThat(many.clear("one", "two")).extracting(DagRun::id).containsExactlyInAnyOrder("one", "two");
        assertThat(airflow.runs().get(daily, "two").state()).isEqualTo(DagRunState.QUEUED);
        assertThat(many.markTasks("three", TaskState.SUCCESS, "a").updated()).containsExactly("a");
        assertThat(airflow.runs().task(daily, "three", "a").state()).isEqualTo(TaskState.SUCCESS);
        assertThat(many.deleteTasks("three", "a").deleted()).containsExactly("a");
        many.mark(DagRunState.SUCCESS, "one", "two", "three");
        assertThatThrownBy(() -> many.delete("one", "nobody"))
                .isInstanceOfSatisfying(
                        BulkException.class,
                        e -> assertThat(e.result().problems()).isNotEmpty());
        Optional<DagRun> one = airflow.runs().find(daily, "one");
        assertThat(many.delete("two", "three").deleted()).containsExactlyInAnyOrder("two", "three");
        assertThat(airflow.runs().find(daily, "two")).isEmpty();
        one.ifPresent(left -> airflow.runs().delete(daily, left.id()));
        assertThatThrownBy(() -> many.mark(DagRunState.RUNNING, "one")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(many::delete)
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("must be one at least");
    }

    @Test
    @Proves("airflow.partitions")
    void partition_ofARun_isToldClearedAndTaken() {
        Operation<DagRun> started =
                airflow.runs().trigger(parts, t -> t.runId("p1").partitionKey("2026-01-31"));

        assertThat(airflow.runs().get(parts, "p1").partitionKey()).hasValue("2026-01-31");
        assertThat(airflow.runs()
                        .trigger(parts, t -> t.runId("p1").partitionKey("2026-01-31"))
                        .id())
                .isEqualTo(started.id());
        assertThatThrownBy(
                        () -> airflow.runs().trigger(parts, t -> t.runId("p1").partitionKey("2026-02-01")))
                .isInstanceOf(DagRunConflictException.class)
                .hasMessageContaining("exists with another partition");
        ManyRuns many = airflow.runs().many(parts);
        assertThat(many.previewPartition("2026-01-31"))
                .extracting(TaskInstance::runId)
                .containsOnly("p1");
        assertThat(many.clearPartition("2026-01-31")).extracting(DagRun::id).containsExactly("p1");
        assertThat(many.forgetPartition("nobody")).isZero();
        assertThat(many.forgetPartition("2026-01-31")).isEqualTo(1);
        assertThat(airflow.runs().get(parts, "p1").partitionKey()).isEmpty();
    }

    @Test
    @Proves("airflow.pause")
    void pauseAll_byAPartOfTheirIds() {
        assertThat(airflow.dags().unpauseAll(base + "_dai")).isEqualTo(1);
        assertThat(airflow.dags().get(daily).paused()).isFalse();
        assertThat(airflow.dags().pauseAll(base + "_dai")).isEqualTo(1);
        assertThat(airflow.dags().get(daily).paused()).isTrue();
        assertThatThrownBy(() -> airflow.dags().pauseAll(" ")).hasMessageContaining("% means all");
    }

    @Test
    @Proves({"airflow.catalog", "airflow.assets", "airflow.monitoring"})
    void single_versionAssetAndNote_areReadByNumber() {
        assertThat(airflow.dags().version(id, 1).number()).isEqualTo(1);
        assertThatThrownBy(() -> airflow.dags().version(id, 99)).isInstanceOf(NotFoundException.class);
        assertThat(airflow.assets().get(asset.id()).uri()).isEqualTo(uri);
        assertThatThrownBy(() -> airflow.assets().alias(99_999)).isInstanceOf(NotFoundException.class);
        assertThat(airflow.assets().queuedFor(parts, asset)).isEmpty();
        assertThat(airflow.assets().forgetQueuedFor(parts, asset)).isFalse();
        int number = airflow.monitoring().auditLog(q -> q.dagId(id)).stream()
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(airflow.monitoring().auditEvent(number).dagId()).hasValue(id);
        assertThat(airflow.catalog().blockers(id, "r1", "m", 0)).isEmpty();
    }

    @Test
    @Proves("airflow.bulk")
    void bulkUpdates_ofEveryKind_changeWhatIsSet() {
        String one = unique("one");
        airflow.pools().ensure(one, 1);
        airflow.variables()
                .apply(VariableSpec.builder(one).value("1").description("kept").build());
        airflow.connections()
                .apply(ConnectionSpec.builder(one, "postgres")
                        .host("a")
                        .schema("x")
                        .build());

        airflow.pools().bulk(b -> b.update(PoolSpec.of(one, 3)));
        airflow.variables().bulk(b -> b.update(VariableSpec.of(one, "2")));
        airflow.connections()
                .bulk(b -> b.update(
                        ConnectionSpec.builder(one, "postgres").schema("y").build()));

        assertThat(airflow.pools().get(one).slots()).isEqualTo(3);
        assertThat(airflow.variables().get(one).value()).hasValue("2");
        assertThat(airflow.variables().get(one).description()).isEqualTo("kept");
        assertThat(airflow.connections().get(one).schema()).hasValue("y");
        assertThat(airflow.connections().get(one).host()).hasValue("a");
        airflow.pools().bulk(b -> b.delete(one));
        airflow.variables().bulk(b -> b.delete(one));
        airflow.connections().bulk(b -> b.delete(one));
    }

    @Test
    @Proves("airflow.connections")
    void connections_defaultsAreMade_aTestOnAWorkerWantsASetting() {
        airflow.connections().createDefaults();

        assertThat(airflow.connections().find("http_default")).isPresent();
        assertThatThrownBy(() -> airflow.connections()
                        .testOnWorker(ConnectionSpec.builder("x", "http").build()))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("test_connection = Enabled");
        assertThatThrownBy(() -> airflow.connections().testOperation("nobody").await(RUN))
                .isInstanceOf(NotFoundException.class);
    }
}
