package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.dag.Asset;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.EmptyTask;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.Operator;
import dev.fairlead.airflow.dag.Param;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.airflow.dag.Until;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we refuse, a real DagBag refuses too, or takes and breaks on later; what is at the edge, both take. */
@RanOn("airflow 3.3.2")
class RealMistakesIT {
    private static final String ODD_ID = "\u00e4";

    @TempDir
    Path folder;

    @BeforeAll
    static void airflowIsThere() {
        RealServers.skipped(RealServers.Kind.AIRFLOW)
                .ifPresent(reason -> Assumptions.abort("Airflow 3.3.2 does not run here: " + reason));
    }

    /**
     * A mistake as we refuse it, and as somebody would write it by hand.
     *
     * @param ours makes it, to a DAG that is right but for that
     * @param dag the arguments of the DAG by hand
     * @param tasks its tasks
     */
    private record Mistake(Consumer<Dag.Builder> ours, String dag, String tasks) {
        Mistake(Consumer<Dag.Builder> ours, String tasks) {
            this(ours, "schedule=None", tasks);
        }
    }

    private static final String A = "EmptyOperator(task_id='a')";

    private static Dag.Builder outlet(Dag.Builder dag, Asset asset) {
        return dag.addTask(EmptyTask.builder("a").addOutlets(asset).build());
    }

    /** Of DAGs, groups and tasks of any kind. */
    private static final List<Mistake> OF_ANY = List.of(
            new Mistake(
                    d -> d.empty("a").empty("b").chain("a", "b", "a"),
                    "a = " + A + "; b = EmptyOperator(task_id='b'); a >> b >> a"),
            new Mistake(d -> d.empty("a").addEdge("a", "a"), "a = " + A + "; a >> a"),
            new Mistake(d -> d.empty("a").empty("a"), A + "; " + A),
            new Mistake(
                    d -> d.group("g", g -> g.empty("a")).empty("g.a"),
                    "TaskGroup('g').add(" + A + "); EmptyOperator(task_id='g.a'); EmptyOperator(task_id='a')"),
            new Mistake(d -> d.empty("a b"), "EmptyOperator(task_id='a b')"),
            new Mistake(d -> d.empty("a".repeat(251)), "EmptyOperator(task_id='a' * 251)"),
            new Mistake(d -> d.group("g.h", g -> g.empty("a")), "TaskGroup('g.h')"),
            new Mistake(d -> d.group("g".repeat(201), g -> g.empty("a")), "TaskGroup('g' * 201)"),
            new Mistake(
                    d -> d.group("g".repeat(150), g -> g.empty("a".repeat(101))),
                    "EmptyOperator(task_id='a' * 101, task_group=TaskGroup('g' * 150))"),
            new Mistake(d -> d.empty("a").addEdge("a", "nobody"), "a = " + A + "; a >> nobody"),
            new Mistake(
                    d -> d.addTask(EmptyTask.builder("a").poolSlots(0).build()),
                    "EmptyOperator(task_id='a', pool_slots=0)"),
            new Mistake(d -> d.empty("a").addTags("t".repeat(101)), "schedule=None, tags=['t' * 101]", A),
            new Mistake(
                    d -> d.empty("a").schedule(Schedule.continuous()).maxActiveRuns(2),
                    "schedule='@continuous', max_active_runs=2",
                    A),
            new Mistake(
                    d -> d.failFast(true)
                            .addTask(EmptyTask.builder("a")
                                    .triggerRule(TriggerRule.ALL_DONE)
                                    .build()),
                    "schedule=None, fail_fast=True",
                    "EmptyOperator(task_id='a', trigger_rule='all_done')"),
            new Mistake(
                    d -> d.bash("a", b -> b.command("x").setup())
                            .bash("b", b -> b.command("x").triggerRule(TriggerRule.ALL_DONE))
                            .bash("c", b -> b.command("x").teardownOf("a"))
                            .chain("a", "b", "c"),
                    A + ".as_setup() >> EmptyOperator(task_id='b', trigger_rule='all_done')"),
            new Mistake(d -> d.empty("a").schedule(Schedule.cron("61 4 * * *")), "schedule='61 4 * * *'", A),
            new Mistake(d -> d.empty("a").schedule(Schedule.cron("every day")), "schedule='every day'", A),
            new Mistake(
                    d -> d.empty("a").schedule(Schedule.cron("0 4 * * *", ZoneOffset.ofHours(2))),
                    "schedule=CronTriggerTimetable('0 4 * * *', timezone='+02:00')",
                    A),
            new Mistake(d -> d.empty("a").schedule(Schedule.every(Duration.ZERO)), "schedule=timedelta(0)", A),
            new Mistake(
                    d -> d.empty("a").schedule(Schedule.assets(Asset.of("", ""))),
                    "schedule=[Asset(name='', uri='')]",
                    A),
            new Mistake(
                    d -> outlet(d, Asset.of("airflow://x")),
                    "EmptyOperator(task_id='a', outlets=[Asset('airflow://x')])"),
            new Mistake(
                    d -> outlet(d, Asset.of("s3://b/" + "x".repeat(1500))),
                    "EmptyOperator(task_id='a', outlets=[Asset(name='x', uri='s3://b/' + 'x' * 1500)])"),
            new Mistake(
                    d -> outlet(d, Asset.of("self", "s3://b/x")),
                    "EmptyOperator(task_id='a', outlets=[Asset(name='self', uri='s3://b/x')])"),
            new Mistake(
                    d -> outlet(d, Asset.of("x", "s3://")),
                    "EmptyOperator(task_id='a', outlets=[Asset(name='x', uri='s3://')])"),
            new Mistake(
                    d -> d.empty("a").schedule(Schedule.daily()).putParam("n", Param.required("integer")),
                    "schedule='@daily', params={'n': Param(type='integer')}",
                    A),
            new Mistake(
                    d -> d.bash("a", b -> b.command("x").mapping(Mapping.over("command", List.of("y")))),
                    "BashOperator.partial(task_id='a', bash_command='x').expand(bash_command=['y'])"),
            new Mistake(
                    d -> d.bash("a", b -> b.command("x").mapping(Mapping.over("retries", List.of(1)))),
                    "BashOperator.partial(task_id='a', bash_command='x').expand(retries=[1])"));

    /** Of some kinds of tasks. */
    private static final List<Mistake> OF_KINDS = List.of(
            new Mistake(
                    d -> d.approval("x", a -> a.subject("?").addOptions("a").addDefaults("b")),
                    "HITLOperator(task_id='x', subject='?', options=['a'], defaults=['b'])"),
            new Mistake(
                    d -> d.approval(
                            "x", a -> a.subject("?").addOptions("a", "b").addDefaults("a", "b")),
                    "HITLOperator(task_id='x', subject='?', options=['a', 'b'], defaults=['a', 'b'])"),
            new Mistake(
                    d -> d.approval("x", a -> a.subject("?").putForm("_options", 1)),
                    "HITLEntryOperator(task_id='x', subject='?', params={'_options': 1})"),
            new Mistake(
                    d -> d.empty("y")
                            .approval("x", a -> a.subject("?").addOptions("a").putRoute("b", "y")),
                    "HITLBranchOperator(task_id='x', subject='?', options=['a'], options_mapping={'b': 'y'})"),
            new Mistake(
                    d -> d.sensor("x", Until.dag("d").tasks("a").group("g")),
                    "ExternalTaskSensor(task_id='x', external_dag_id='d', external_task_ids=['a'],"
                            + " external_task_group_id='g')"),
            new Mistake(
                    d -> d.sensor("x", Until.dag("d").failed(TaskState.SUCCESS)),
                    "ExternalTaskSensor(task_id='x', external_dag_id='d', failed_states=['success'])"),
            new Mistake(
                    d -> d.sensor("x", Until.dag("d").allowed(TaskState.of("odd"))),
                    "ExternalTaskSensor(task_id='x', external_dag_id='d', allowed_states=['odd'])"),
            new Mistake(
                    d -> d.sensor(
                            "x", Until.dag("d").earlier(Duration.ofHours(1)).logicalDate("return 1")),
                    "ExternalTaskSensor(task_id='x', external_dag_id='d', execution_delta=timedelta(hours=1),"
                            + " execution_date_fn=lambda d: d)"),
            new Mistake(
                    d -> d.sensor("x", x -> x.until(Until.file("/x")).timeout(Duration.ofSeconds(-1))),
                    "FileSensor(task_id='x', filepath='/x', timeout=-1)"),
            new Mistake(
                    d -> d.triggerDag("x", t -> t.dagId("d").waits(true).addAllowedStates(DagRunState.of("odd"))),
                    "TriggerDagRunOperator(task_id='x', trigger_dag_id='d', allowed_states=['odd'])"),
            new Mistake(
                    d -> d.operator(
                            "x",
                            EveryKind.CHECK,
                            o -> o.putArgument("retries", 1).retries(2)),
                    "SQLCheckOperator(task_id='x', sql='', retries=1, retries=2)"),
            new Mistake(
                    d -> d.operator("x", Operator.of("a; import b", "C", "", List.of(), List.of()), o -> {}),
                    "from a; import b import C"));

    /** What a DagBag takes, and why it is refused here. */
    private static final Map<String, Mistake> TAKEN = Map.of(
            "MySQL, which keeps ids in ASCII, cannot store it",
            new Mistake(d -> d.empty(ODD_ID), "EmptyOperator(task_id='" + ODD_ID + "')"),
            "no run is ever started",
            new Mistake(d -> d.empty("a").maxActiveRuns(0), "schedule=None, max_active_runs=0", A),
            "no task is ever started",
            new Mistake(
                    d -> d.addTask(EmptyTask.builder("a").maxActive(0).build()),
                    "EmptyOperator(task_id='a', max_active_tis_per_dag=0)"),
            "nothing is left between the dates",
            new Mistake(
                    d -> d.empty("a")
                            .schedule(Schedule.daily())
                            .startDate(LocalDate.of(2026, 1, 2))
                            .endDate(Instant.parse("2026-01-01T00:00:00Z")),
                    "schedule='@daily', start_date=datetime(2026, 1, 2), end_date=datetime(2026, 1, 1)",
                    A),
            "the task times out before it begins",
            new Mistake(
                    d -> d.addTask(EmptyTask.builder("a")
                            .executionTimeout(Duration.ofSeconds(-1))
                            .build()),
                    "EmptyOperator(task_id='a', execution_timeout=timedelta(seconds=-1))"),
            "the run times out before it begins",
            new Mistake(d -> d.empty("a").runTimeout(Duration.ZERO), "schedule=None, dagrun_timeout=timedelta(0)", A),
            "no pool has so long a name",
            new Mistake(
                    d -> d.addTask(EmptyTask.builder("a").pool("p".repeat(257)).build()),
                    "EmptyOperator(task_id='a', pool='p' * 257)"));

    /** At the edge, and right. */
    private static final List<Consumer<Dag.Builder>> RIGHT = List.of(
            d -> d.empty("a".repeat(250)),
            d -> d.bash("a", "run.sh"), // no name of a template
            d -> d.group("g".repeat(200), g -> g.empty("a".repeat(49))),
            d -> d.group("g", g -> g.empty("a")).group("h", h -> h.empty("a")).empty("a"),
            d -> d.empty("a").addTags("t".repeat(100)),
            d -> d.empty("a").schedule(Schedule.continuous()).maxActiveRuns(1),
            d -> outlet(d, Asset.of("s3://b/" + "x".repeat(1493))),
            d -> outlet(d, Asset.of("x", "anything at all")),
            d -> d.empty("a").schedule(Schedule.daily()).putParam("n", Param.of(1)),
            d -> d.python(
                    "a",
                    p -> p.code("return x")
                            .mapping(Mapping.over(
                                    "x", IntStream.range(0, 5000).boxed().toList()))));

    private static final String HEAD = """
            from datetime import datetime, timedelta
            from airflow.sdk import DAG, Asset, Param, TaskGroup
            from airflow.providers.common.sql.operators.sql import SQLCheckOperator
            from airflow.providers.standard.operators.bash import BashOperator
            from airflow.providers.standard.operators.empty import EmptyOperator
            from airflow.providers.standard.operators.hitl import HITLBranchOperator, HITLEntryOperator, HITLOperator
            from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
            from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
            from airflow.providers.standard.sensors.filesystem import FileSensor
            from airflow.timetables.trigger import CronTriggerTimetable
            with DAG('%s', %s):
                %s
            """;

    @Test
    @Proves({"airflow.kinds", "airflow.validation"})
    void mistakes_areRefusedByAirflowToo_orBreakLater_andWhatIsRightIsTaken() throws Exception {
        AirflowPython python = new AirflowPython(folder, Duration.ofMinutes(5));
        List<String> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (Mistake mistake : OF_ANY) {
            bad.add(write(python, "any" + bad.size(), mistake));
        }
        for (Mistake mistake : OF_KINDS) {
            bad.add(write(python, "kind" + bad.size(), mistake));
        }
        for (Mistake mistake : TAKEN.values()) {
            good.add(write(python, "taken" + good.size(), mistake));
        }
        for (Consumer<Dag.Builder> right : RIGHT) {
            Dag.Builder dag = Dag.builder("right" + good.size());
            right.accept(dag);
            python.write(dag.build(), Dialect.V3_3);
            good.add("right" + good.size());
        }

        Map<String, Object> said = python.check(Dialect.V3_3, Map.of());

        assertThat(new TreeSet<>(((Map<?, ?>) said.get("errors")).keySet()))
                .isEqualTo(new TreeSet<>(bad.stream().map(b -> b + ".py").toList()));
        assertThat(new TreeSet<>((List<?>) said.get("dags"))).isEqualTo(new TreeSet<>(good));
    }

    private static String write(AirflowPython python, String name, Mistake mistake) throws Exception {
        assertThatThrownBy(() -> {
                    Dag.Builder dag = Dag.builder("d");
                    mistake.ours().accept(dag);
                    dag.build();
                })
                .as(mistake.tasks())
                .isInstanceOf(InvalidValueException.class);
        python.write(name + ".py", HEAD.formatted(name, mistake.dag(), mistake.tasks()));
        return name;
    }
}
