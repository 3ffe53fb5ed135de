package dev.fairlead.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.dag.ApprovalTask;
import dev.fairlead.airflow.dag.BranchTask;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.Operator;
import dev.fairlead.airflow.dag.OperatorTask;
import dev.fairlead.airflow.dag.ResourceTask;
import dev.fairlead.airflow.dag.SensorTask;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TaskGroup;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Text;
import dev.fairlead.airflow.dag.Until;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.kubernetes.PodTemplate;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of task demands: a mistake is named with its place, rule and value when the DAG is built. */
class TaskKindsTest {
    private static final Operator CHECK =
            Operator.of("airflow.operators.x", "XOperator", "", List.of("sql"), List.of(".sql"));

    private static Arguments wrong(String problem, Consumer<Dag.Builder> dag) {
        return Arguments.of(problem, dag);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(decisions(), sensors(), services(), cluster(), approvals(), operators())
                .flatMap(s -> s);
    }

    private static Stream<Arguments> decisions() {
        return Stream.of(
                wrong("tasks[b].code must be set, or choice in its place", d -> d.branch("b", b -> b.addChoices("a"))),
                wrong(
                        "tasks[b].code must be set, or choice in its place, and not both",
                        d -> d.branch(
                                "b",
                                b -> b.code("return 'a'")
                                        .choice(Template.of("a"))
                                        .addChoices("a"))),
                wrong(
                        "tasks[b].choice must become known at run time",
                        d -> d.branch("b", b -> b.choice("a").addChoices("a"))),
                wrong("tasks[b].choices must name the tasks or groups", d -> d.branch("b", b -> b.code("return 'a'"))),
                wrong(
                        "tasks[b].choices must be a task or group of this DAG",
                        d -> d.branch("b", b -> b.code("return 'z'").addChoices("z"))),
                wrong(
                        "edges must not go in a circle",
                        d -> d.branch("b", b -> b.code("return 'a'").addChoices("a"))
                                .addEdge("a", "b")),
                wrong(
                        "tasks[s].arguments[context] must not be named as what Airflow passes itself",
                        d -> d.shortCircuit("s", s -> s.code("return 1").putArgument("context", 1))),
                wrong(
                        "tasks[s].arguments must be empty where there is no code",
                        d -> d.shortCircuit(
                                "s", s -> s.condition(Template.of("{{ 1 }}")).putArgument("x", 1))),
                wrong("tasks[t].dagId must be set", d -> d.triggerDag("t", t -> {})),
                wrong("tasks[t].dagId must be of ASCII letters", d -> d.triggerDag("t", t -> t.dagId("a b"))),
                wrong(
                        "tasks[t].deferrable must not be set unless the task waits",
                        d -> d.triggerDag("t", t -> t.dagId("x").deferrable(true))),
                wrong(
                        "tasks[t].allowedStates must be one of queued, running, success, failed",
                        d -> d.triggerDag("t", t -> t.dagId("x").waits(true).addAllowedStates(DagRunState.of("odd")))),
                wrong(
                        "tasks[t].logicalDate must be a time with its zone",
                        d -> d.triggerDag("t", t -> t.dagId("x").logicalDate("2026-01-31"))),
                wrong(
                        "tasks[t].skipsExisting must not be set together with resets",
                        d -> d.triggerDag("t", t -> t.dagId("x").resets(true).skipsExisting(true))),
                wrong(
                        "mapping must not be set: Airflow skips nothing after a mapped choice",
                        d -> d.latestOnly("x")
                                .branch(
                                        "b",
                                        b -> b.code("return 'a'")
                                                .addChoices("a")
                                                .mapping(Mapping.over("x", List.of(1))))));
    }

    private static Stream<Arguments> sensors() {
        return Stream.of(
                wrong("tasks[s].until must be set", d -> d.sensor("s", s -> {})),
                wrong(
                        "tasks[s].deferrable must not be set: the triggerer cannot wait for this; say reschedules(true)",
                        d -> d.sensor("s", s -> s.until(Until.bash("true")).deferrable(true))),
                wrong(
                        "tasks[s].deferrable must not be set",
                        d -> d.sensor(
                                "s",
                                s -> s.until(Until.http("/").responseCheck("return 1"))
                                        .deferrable(true))),
                wrong(
                        "tasks[s].maxWait must not be set unless the pauses grow",
                        d -> d.sensor("s", s -> s.until(Until.file("/x")).maxWait(Duration.ofSeconds(1)))),
                wrong(
                        "tasks[s].until.group must not be set together with tasks",
                        d -> d.sensor("s", Until.dag("x").tasks("a").group("g"))),
                wrong(
                        "tasks[s].until.states must be one of failed, queued, running, success",
                        d -> d.sensor("s", Until.dag("x").allowed(TaskState.SKIPPED))),
                wrong(
                        "tasks[s].until.states must be in one of allowed, failed and skipped only",
                        d -> d.sensor("s", Until.dag("x").failed(TaskState.SUCCESS))),
                wrong(
                        "tasks[s].until.earlier must not be set together with logicalDate",
                        d -> d.sensor(
                                "s", Until.dag("x").earlier(Duration.ofHours(1)).logicalDate("return 1"))),
                wrong(
                        "tasks[s].until.taskIds[1] must not be named twice",
                        d -> d.sensor("s", Until.dag("x").tasks("a", "a"))),
                wrong(
                        "tasks[s].until.time must be a time with its zone",
                        d -> d.sensor("s", Until.time(new Text("tomorrow")))),
                wrong("tasks[s].until.delta must be longer than zero", d -> d.sensor("s", Until.after(Duration.ZERO))),
                wrong(
                        "tasks[s].until.method must be one of",
                        d -> d.sensor("s", Until.http("/").method("FETCH"))));
    }

    private static Stream<Arguments> services() {
        return Stream.of(
                wrong("tasks[h].endpoint must be set", d -> d.http("h", h -> {})),
                wrong(
                        "tasks[h].method must be one of DELETE, GET",
                        d -> d.http("h", h -> h.endpoint("/").method("get"))),
                wrong(
                        "tasks[h].data must be empty where there is a body",
                        d -> d.http("h", h -> h.endpoint("/").body("x").putData("a", "b"))),
                wrong(
                        "headers[Authorization].value must not be set: what authorizes belongs to Airflow's connection",
                        d -> d.http("h", h -> h.endpoint("/").putHeader("Authorization", "Bearer abc"))),
                wrong("tasks[q].connection must be set", d -> d.sql("q", q -> q.sql("select 1"))),
                wrong("tasks[q].statements must hold a statement", d -> d.sql("q", q -> q.connection("db"))),
                wrong(
                        "tasks[q].connection must be a connection's id",
                        d -> d.sql("q", q -> q.connection("a b").sql("select 1"))),
                wrong("tasks[p].notebook must be set", d -> d.papermill("p", p -> p.result("/x"))),
                wrong(
                        "parameters[a b].name must be the name of a variable",
                        d -> d.papermill("p", p -> p.notebook("/i").result("/o").putParameter("a b", 1))));
    }

    private static Stream<Arguments> cluster() {
        Map<String, Object> map = Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", Map.of("name", "x"));
        return Stream.of(
                wrong(
                        "tasks[s].image must be set",
                        d -> d.spark("s", s -> s.sparkVersion("3.5.6").mainFile("x"))),
                wrong(
                        "tasks[s].mainClass must be set for Java and Scala",
                        d -> d.spark(
                                "s",
                                s -> s.image("i")
                                        .sparkVersion("3.5.6")
                                        .mainFile("x")
                                        .language("Java"))),
                wrong(
                        "tasks[s].driver.memory must be whole Mi or Gi",
                        d -> d.spark(
                                "s",
                                s -> s.image("i")
                                        .sparkVersion("3.5.6")
                                        .mainFile("x")
                                        .driver(r -> r.memory("1G")))),
                wrong(
                        "tasks[s].executors must be at least 1",
                        d -> d.spark(
                                "s",
                                s -> s.image("i")
                                        .sparkVersion("3.5.6")
                                        .mainFile("x")
                                        .executors(0))),
                wrong("tasks[j].pod must be set", d -> d.job("j", j -> {})),
                wrong(
                        "tasks[j].pod.image must be set",
                        d -> d.job("j", j -> j.pod(PodTemplate.builder().build()))),
                wrong(
                        "tasks[j].parallelism must not be more than completions",
                        d -> d.job(
                                "j",
                                j -> j.pod(p -> p.image("i")).completions(1).parallelism(2))),
                wrong(
                        "tasks[j].completions must be set, so that pods can be numbered",
                        d -> d.job("j", j -> j.pod(p -> p.image("i")).indexed(true))),
                wrong(
                        "tasks[j].deferrable must not be set unless the task waits",
                        d -> d.job(
                                "j", j -> j.pod(p -> p.image("i")).waits(false).deferrable(true))),
                wrong(
                        "tasks[r].object.metadata.name must be set",
                        d -> d.addTask(part("r", Map.of("apiVersion", "v1", "kind", "ConfigMap")))),
                wrong(
                        "tasks[r].object.kind must not be Secret",
                        d -> d.addTask(part(
                                "r", Map.of("apiVersion", "v1", "kind", "Secret", "metadata", Map.of("name", "x"))))),
                wrong(
                        "tasks[r].object.kind must be one whose plural is its name and an s: Airflow asks for retrypolicys",
                        d -> d.addTask(part(
                                "r",
                                Map.of(
                                        "apiVersion",
                                        "example.com/v1",
                                        "kind",
                                        "RetryPolicy",
                                        "metadata",
                                        Map.of("name", "x"))))),
                wrong(
                        "tasks[r].clusterWide must be set for custom kinds alone",
                        d -> d.resource("r", r -> r.object(map).clusterWide(true))));
    }

    private static Task part(String id, Map<String, Object> object) {
        return dev.fairlead.spi.ValueBuilder.<ResourceTask>partOf(ResourceTask.create(id, object));
    }

    private static Stream<Arguments> approvals() {
        return Stream.of(
                wrong("tasks[a].subject must be set", d -> d.approval("a", a -> {})),
                wrong(
                        "tasks[a].defaults must be one of Approve, Reject",
                        d -> d.approval("a", a -> a.subject("?").addDefaults("Yes"))),
                wrong(
                        "tasks[x].defaults must be one, unless several can be chosen",
                        d -> d.approval(
                                "x", a -> a.subject("?").addOptions("b", "c").addDefaults("b", "c"))),
                wrong(
                        "tasks[x].multiple must not be set without options",
                        d -> d.approval("x", a -> a.subject("?").multiple(true))),
                wrong(
                        "tasks[x].failsOnReject must not be set but where people approve or reject",
                        d -> d.approval("x", a -> a.subject("?").addOptions("b").failsOnReject(true))),
                wrong(
                        "tasks[x].routes must be one for each option",
                        d -> d.approval(
                                "x", a -> a.subject("?").addOptions("b", "c").putRoute("b", "a"))),
                wrong(
                        "tasks[x].choices must be a task or group of this DAG",
                        d -> d.approval("x", a -> a.subject("?").addOptions("b").putRoute("b", "nowhere"))),
                wrong(
                        "form[_options].name must be a name other than _options",
                        d -> d.approval("x", a -> a.subject("?").putForm("_options", 1))),
                wrong(
                        "tasks[x].executionTimeout must not be set: people need time; say responseTimeout(…)",
                        d -> d.approval("x", a -> a.subject("?").executionTimeout(Duration.ofHours(1)))));
    }

    private static Stream<Arguments> operators() {
        return Stream.of(
                wrong(
                        "operator.module must be a dotted path of Python names",
                        d -> d.operator("o", Operator.of("os; import sys", "X", "", List.of(), List.of()), o -> {})),
                wrong(
                        "operator.module must be a dotted path of Python names",
                        d -> d.operator("o", Operator.of("..x", "X", "", List.of(), List.of()), o -> {})),
                wrong(
                        "operator.className must be the Python name of a class",
                        d -> d.operator("o", Operator.of("m", "X(1)", "", List.of(), List.of()), o -> {})),
                wrong(
                        "arguments[retries] must be set by the task's own setter",
                        d -> d.operator("o", CHECK, o -> o.putArgument("retries", 1))),
                wrong(
                        "arguments[a-b] must be named by an ASCII Python name",
                        d -> d.operator("o", CHECK, o -> o.putArgument("a-b", 1))),
                wrong(
                        "arguments[conn].value must be known now",
                        d -> d.operator("o", CHECK, o -> o.putArgument("conn", List.of(Template.of("{{ ds }}"))))));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    @Proves("airflow.kinds")
    void build_mistake_isNamedWithItsPlace(String problem, Consumer<Dag.Builder> mistake) {
        Dag.Builder dag = Dag.builder("d").empty(problem.startsWith("tasks[a]") ? "other" : "a");
        mistake.accept(dag);

        assertThatThrownBy(dag::build).isInstanceOf(InvalidValueException.class).hasMessageContaining(problem);
    }

    @Test
    @Proves("airflow.branch")
    void choices_areEdges() {
        Dag dag = Dag.builder("d")
                .branch("b", b -> b.code("return 'a'").addChoices("a", "g"))
                .empty("a")
                .addGroup(TaskGroup.builder("g")
                        .approval("ask", a -> a.subject("?").addOptions("x").putRoute("x", "in"))
                        .empty("in")
                        .build())
                .build();

        assertThat(dag.downstream("b")).containsExactly("a", "g.ask");
        assertThat(dag.downstream("g.ask")).containsExactly("g.in");
    }

    @Test
    @Proves("airflow.approval")
    void approval_olderAirflow_isRefusedWithTheWayOut() {
        Dag dag = Dag.builder("d").approval("ask", a -> a.subject("?")).build();

        assertThatThrownBy(() -> dag.render(Dialect.V3_0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(
                        "tasks[ask].approval needs Airflow 3.1 or newer; before, let people start a second DAG");
        assertThat(dag.render(Dialect.V3_1).source()).contains("ApprovalOperator(");
    }

    @Test
    @Proves("airflow.operator")
    void operator_nameThatIsTaken_isImportedByAnother() {
        Operator foreign = Operator.of("my.company", "BashOperator", "", List.of("command"), List.of(".sh"));

        String source = Dag.builder("d")
                .bash("mine", "true")
                .operator(
                        "theirs",
                        foreign,
                        o -> o.putArgument("command", "run.sh").putArgument("size", List.of(1, Map.of("a", true))))
                .build()
                .render(Dialect.V3_3)
                .source();

        assertThat(source)
                .contains("from my.company import BashOperator as BashOperator_1")
                .contains("mine = BashOperator(")
                .contains("theirs = BashOperator_1(")
                .contains("command=literal(\"run.sh\")")
                .contains("size=[1, {\"a\": True}]");
    }

    @Test
    @Proves("airflow.kinds")
    void copy_keepsEverything() {
        SensorTask sensor = SensorTask.of("s", Until.file("/x"));
        BranchTask branch = BranchTask.builder("b")
                .choice(TaskOutput.of("x"))
                .addChoices("x")
                .build();
        OperatorTask operator = OperatorTask.builder("o")
                .operator(CHECK)
                .putArgument("sql", Template.of("x"))
                .build();
        ApprovalTask approval = ApprovalTask.builder("a").subject("?").build();

        assertThat(sensor.toBuilder().build()).isEqualTo(sensor);
        assertThat(branch.with(b -> b.retries(1)).choices()).containsExactly("x");
        assertThat(operator.toBuilder().build()).isEqualTo(operator);
        assertThat(approval.with(a -> a.body("b")).subject()).isEqualTo(new Text("?"));
    }
}
