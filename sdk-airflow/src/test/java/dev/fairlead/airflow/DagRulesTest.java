package dev.fairlead.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.airflow.dag.BashTask;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.EmptyTask;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.InvalidValueException.Problem;
import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.support.Proves;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code build()} refuses, where, and in which words. */
class DagRulesTest {
    private static List<Problem> problems(String id, Consumer<Dag.Builder> changes) {
        Dag.Builder dag = Dag.builder(id);
        changes.accept(dag);
        InvalidValueException e = catchThrowableOfType(InvalidValueException.class, dag::build);
        return e == null ? List.of() : e.problems();
    }

    private static List<Problem> problems(Consumer<Dag.Builder> changes) {
        return problems("flights", changes);
    }

    private static Problem problem(Consumer<Dag.Builder> changes) {
        List<Problem> problems = problems(changes);
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    @Test
    @Proves("airflow.validation")
    void build_manyProblems_namesAllWithTheirPlaces() {
        Dag.Builder dag = Dag.builder("flights of 2026")
                .schedule(Schedule.cron("0 25 * * *"))
                .maxActiveRuns(0)
                .retries(-1)
                .bash("load", b -> b.command(" ").retryDelay(Duration.ZERO))
                .pod("train", p -> p.connection("a b"))
                .addEdge("load", "trian");

        InvalidValueException e = catchThrowableOfType(InvalidValueException.class, dag::build);

        assertThat(e.problems())
                .extracting(Problem::place)
                .contains(
                        "id",
                        "schedule",
                        "maxActiveRuns",
                        "retries",
                        "tasks[load].retryDelay",
                        "tasks[load].command",
                        "tasks[train].connection",
                        "edges[0]");
        assertThat(e)
                .hasMessageContaining("invalid Dag, ")
                .hasMessageContaining(
                        "id must be of ASCII letters, digits, dots, dashes and underscores, was 'flights of 2026'")
                .hasMessageContaining(
                        "schedule must have a hour from 0 to 23, as number, range, list or step; '25' is none, was '0 25 * * *'")
                .hasMessageContaining("tasks[load].retryDelay must be longer than zero, was PT0S")
                .hasMessageContaining("tasks[load].command must not be blank")
                .hasMessageContaining("edges[0] must end at a task or group of this DAG, was 'trian'");
    }

    @Test
    @Proves("airflow.validation")
    void build_circle_printsTheWay() {
        Problem problem =
                problem(d -> d.empty("a").empty("b").empty("c").empty("d").chain("d", "a", "b", "c", "a"));

        assertThat(problem).hasToString("edges must not go in a circle, was 'a -> b -> c -> a'");
        assertThat(problem(d -> d.empty("a").addEdge("a", "a")))
                .hasToString("edges must not go in a circle, was 'a -> a'");
    }

    @Test
    @Proves("airflow.validation")
    void build_longChain_isNoProblem() {
        Dag.Builder dag = Dag.builder("long");
        for (int i = 0; i < 20_000; i++) {
            dag.empty("t" + i);
            if (i > 0) {
                dag.addEdge("t" + (i - 1), "t" + i);
            }
        }
        assertThatCode(dag::build).doesNotThrowAnyException();
    }

    @Test
    @Proves("airflow.validation")
    void build_doubleId_namesBothLines() {
        Problem problem = problem(d -> {
            d.empty("a");
            d.bash("a", "true");
        });

        assertThat(problem.place()).isEqualTo("tasks[a].id");
        assertThat(problem.rule())
                .matches("must be unique in the DAG, built at DagRulesTest\\.java:\\d+ and DagRulesTest\\.java:\\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "ä", "a\n", "..", ".", "a;drop", "日本"})
    @Proves("airflow.validation")
    void build_id_refused(String id) {
        assertThat(problems(id, d -> {}))
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p.place()).isEqualTo("id"));
        assertThat(catchThrowableOfType(InvalidValueException.class, () -> EmptyTask.of(id))
                        .problems())
                .allSatisfy(p -> assertThat(p.place()).isEqualTo("id"));
    }

    @Test
    @Proves("airflow.validation")
    void build_idLength_isAirflows() {
        assertThat(problems("a".repeat(250), d -> {})).isEmpty();
        assertThat(problems("a".repeat(251), d -> {})).hasSize(1);
        assertThat(problems("A.b-c_9", d -> d.empty("x.y-z_0"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* * * * *",
                "0 3 * * *",
                "*/15 0-6 1,15 * 1-5",
                "0 0 1 jan mon",
                "0 0 L * *",
                "0 0 * * 5#3",
                "@daily",
                "@hourly",
                "0 0 31 1 *",
                "0 0 * * 7",
                "0 0 29 2 *",
                "5/10 * * * *"
            })
    @Proves("airflow.schedule")
    void build_cron_taken(String cron) {
        assertThat(problems(d -> d.schedule(Schedule.cron(cron)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "@never",
                "@once",
                "a * * * *",
                "*/0 * * * *",
                "5-1 * * * *",
                "0 0 30 2 *",
                "0 0 31 4 *",
                "* * * * *; rm",
                "0,, * * * *",
                "1--2 * * * *",
                "-1 * * * *"
            })
    @Proves("airflow.schedule")
    void build_cron_refused(String cron) {
        assertThat(problem(d -> d.schedule(Schedule.cron(cron))).place()).isEqualTo("schedule");
    }

    @Test
    @Proves("airflow.schedule")
    void build_scheduleWithoutWhatItNeeds_saysWhat() {
        assertThat(problem(d -> d.schedule(Schedule.continuous())))
                .hasToString("maxActiveRuns must be 1 with a continuous schedule, was not set");
        assertThat(problem(d -> d.schedule(Schedule.every(Duration.ofMillis(1500))))
                        .rule())
                .isEqualTo("must be of whole seconds");
        assertThat(problem(d -> d.schedule(Schedule.daily()).catchup(true)).place())
                .isEqualTo("startDate");
        assertThat(problem(d -> d.schedule(Schedule.cron("0 0 * * *", ZoneOffset.ofHours(2))))
                        .rule())
                .isEqualTo("must be in UTC or in a region such as Europe/Paris");
        assertThat(problems(d -> d.schedule(Schedule.cron("0 0 * * *", ZoneId.of("America/Argentina/Buenos_Aires")))))
                .isEmpty();
    }

    @Test
    @Proves("airflow.outputs")
    void build_outputOfATask_makesTheEdge() {
        Dag dag = Dag.builder("d")
                .bash("a", "echo 1")
                .bash("b", b -> b.command("echo $A").putEnv("A", TaskOutput.of("a")))
                .build();

        assertThat(dag.downstream("a")).containsExactly("b");
        assertThat(problem(d -> d.bash("a", b -> b.command("x").putEnv("A", TaskOutput.of("b")))
                        .bash("b", b -> b.command("x").putEnv("A", TaskOutput.of("a")))))
                .hasToString("edges must not go in a circle, was 'a -> b -> a'");
    }

    @Test
    @Proves("airflow.outputs")
    void build_outputOfNoTask_isRefused() {
        assertThat(problem(d -> d.python(
                        "c", p -> p.code("pass").putArgument("x", Map.of("deep", List.of(TaskOutput.of("z")))))))
                .hasToString("tasks[c].output must be of a task of this DAG, was 'z'");
        assertThat(problem(d -> d.pod("p", p -> p.image("i").args(TaskOutput.of("z"))))
                        .place())
                .isEqualTo("tasks[p].output");
    }

    @Test
    @Proves("airflow.secrets")
    void build_secret_isRefusedAndNotShown() {
        List<Problem> problems = problems(d -> d.putParam("db_password", "hunter2-x")
                .bash("a", b -> b.command("echo AKIAABCDEFGHIJKLMNOP").putEnv("API_KEY", "hunter2-y"))
                .python("b", b -> b.code("pass").putArgument("settings", Map.of("client_secret", "hunter2-z")))
                .pod(
                        "c",
                        p -> p.image("i")
                                .putEnv("TOKEN_URL", "https://user:hunter2@host/")
                                .args("postgres://me:hunter2@db/x")));

        assertThat(problems)
                .extracting(Problem::place)
                .containsExactlyInAnyOrder(
                        "params[db_password]",
                        "tasks[a].command",
                        "tasks[a].env[API_KEY]",
                        "tasks[b].arguments[settings][client_secret]",
                        "tasks[c].pod.containers.args.text",
                        "tasks[c].pod.containers.env.value.text");
        assertThat(problems)
                .allSatisfy(p -> assertThat(p.toString())
                        .doesNotContain("hunter2")
                        .doesNotContain("AKIA")
                        .contains("must not be a secret, which would stand in the DAG's file"));
    }

    @Test
    @Proves("airflow.secrets")
    void build_referencesAndPlaceholders_areNoSecrets() {
        assertThat(problems(d -> d.pod(
                                "a",
                                p -> p.image("i")
                                        .putSecretEnv("PASSWORD", SecretRef.of("db", "password"))
                                        .putEnv("TOKEN_FILE", "/run/token"))
                        .bash(
                                "b",
                                b -> b.command("curl https://$USER:$PASS@host")
                                        .putEnv("PASSWORD", Template.of("{{ var.value.db_password }}")))
                        .python("c", b -> b.code("url = 'https://<user>:<password>@host'"))))
                .isEmpty();
    }

    @Test
    @Proves("airflow.validation")
    void build_textsThatCannotArrive_areRefused() {
        assertThat(problem(d -> d.description("\ud83d")).rule())
                .isEqualTo("must not hold half a surrogate pair, which no UTF-8 file can hold");
        assertThat(problem(d -> d.bash("a", b -> b.command("x").putEnv("A=B", "c")))
                        .place())
                .isEqualTo("tasks[a].env[A=B].name");
        assertThat(problem(d -> d.bash("a", b -> b.command("x").putEnv("A", "c\0")))
                        .rule())
                .isEqualTo("must not hold a NUL, which no variable can");
        assertThat(problem(d -> d.putParam("rate", Double.NaN)).rule()).isEqualTo("must be finite");
        assertThat(problem(d -> d.putParam("when", LocalDate.EPOCH)).value()).isEqualTo("'java.time.LocalDate'");
        assertThat(problem(d -> d.putParam("t", Template.of("{{ ds }}"))).rule())
                .contains("Airflow evaluates no template there");
    }

    @Test
    @Proves("airflow.validation")
    void build_pythonTask_checksNamesAndCode() {
        assertThat(problem(d -> d.python("a", p -> p.code("pass").putArgument("ds", 1)))
                        .rule())
                .isEqualTo("must not be named as what Airflow passes itself");
        assertThat(problem(d -> d.python("a", p -> p.code("pass").putArgument("not a name", 1)))
                        .place())
                .isEqualTo("tasks[a].arguments[not a name]");
        assertThat(problem(d -> d.python("a", p -> p.code("pass").putArgument("class", 1)))
                        .rule())
                .contains("no keyword");
        assertThat(problem(d -> d.python("a", p -> p.code("# nothing\n\n"))).rule())
                .isEqualTo("must have a statement");
        assertThat(problem(d -> d.python("a", p -> {}))).hasToString("tasks[a].code must be set, was not set");
    }

    @Test
    @Proves("airflow.validation")
    void build_podTask_checksThePodToo() {
        List<Problem> problems = problems(d -> d.pod(
                "a", p -> p.pod(t -> t.restartPolicy("Always")).namespace("No").putLabel("bad label", "x")));

        assertThat(problems)
                .extracting(Problem::place)
                .contains("tasks[a].pod.restartPolicy", "tasks[a].pod.image", "tasks[a].namespace");
        assertThat(problems).anySatisfy(p -> assertThat(p.place()).isEqualTo("tasks[a].pod.labels[bad label]"));
    }

    @Test
    @Proves("airflow.dialects")
    void render_whatAnAirflowDoesNotHave_isRefused() {
        Dag dag = Dag.builder("d")
                .schedule(Schedule.once())
                .addTask(EmptyTask.builder("a")
                        .triggerRule(TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
                        .build())
                .build();

        InvalidValueException e = catchThrowableOfType(InvalidValueException.class, () -> dag.render(Dialect.V3_0));

        assertThat(e)
                .hasMessageContaining("Dag d for Airflow 3.0")
                .hasMessageContaining("tasks[a].triggerRule needs Airflow 3.1 or newer")
                .hasMessageContaining(
                        "startDate must be set, for Airflow 3.0 never starts such a schedule without it, was once");
        assertThatCode(() -> dag.render(Dialect.V3_3)).doesNotThrowAnyException();
    }

    @Test
    void task_isAValue_whereverItWasBuilt() {
        Task one = BashTask.of("a", "true");
        Task two = BashTask.of("a", "true");

        assertThat(one).isEqualTo(two).hasSameHashCodeAs(two);
        assertThat(one.origin().orElseThrow()).startsWith("DagRulesTest.java:");
        assertThat(((BashTask) one).with(b -> b.retries(2)).retries()).hasValue(2);
        PodTask pod = PodTask.builder("p").image("i").build();
        assertThat(pod.with(b -> b.image("j")).pod().image()).hasValue("j");
        assertThat(pod.pod().image()).hasValue("i");
        assertThat(PythonTask.builder("x").code("print('secret code')").build().toString())
                .doesNotContain("secret code");
    }

    @Test
    void dag_toBuilder_keepsEverything() {
        Dag dag = Dag.builder("d")
                .addTags("x")
                .putParam("rows", 1)
                .bash("a", "true")
                .empty("b")
                .addEdge("a", "b")
                .build();

        assertThat(dag.toBuilder().build()).isEqualTo(dag);
        assertThat(dag.with(b -> b.description("new")).description()).hasValue("new");
        assertThat(dag).hasToString("Dag[d: 2 tasks, 1 edges, manual]");
    }

    @Test
    @Proves("airflow.trigger-idempotent")
    void triggerRequest_badParts_allNamed() {
        InvalidValueException e = catchThrowableOfType(
                InvalidValueException.class,
                () -> TriggerRequest.builder()
                        .runId("a/b")
                        .putConf("rate", Double.POSITIVE_INFINITY)
                        .putConf("map", Map.of(1, "x"))
                        .putConf("when", LocalDate.EPOCH)
                        .note("n".repeat(1001))
                        .build());

        assertThat(e.problems())
                .extracting(Problem::place)
                .containsExactly("runId", "conf[rate].number", "conf[map][1].key", "conf[when]", "note");
    }
}
