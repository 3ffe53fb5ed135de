package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.DagTask;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.admin.ConnectionSpec;
import dev.fairlead.airflow.dag.Asset;
import dev.fairlead.airflow.dag.Callback;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DeadlineAlert;
import dev.fairlead.airflow.dag.EmptyTask;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.airflow.dag.Until;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.PythonEnvironments;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a real Airflow does with what our DAGs promise beyond their tasks: mails, deadlines, pools, partitions, environments, trigger rules. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealFiresIT {
    private static final String RUN = "first";
    private static final String ODD = "{{ 7*7 }} 'quoted'";
    private static final Instant DATE = Instant.parse("2026-01-31T00:00:00Z");

    @TempDir
    static Path folder;

    private final Map<String, Dag> dags = new LinkedHashMap<>();
    private final Map<String, Operation<DagRun>> runs = new LinkedHashMap<>();
    private RealAirflow place;
    private AirflowClient airflow;
    private MailSink sink;

    @BeforeAll
    void deliver() throws Exception {
        place = RealAirflow.of(RealServers.airflow());
        airflow = place.client().build();
        sink = MailSink.start();
        airflow.connections()
                .apply(ConnectionSpec.builder(id("smtp"), "smtp")
                        .host("127.0.0.1")
                        .port(sink.port())
                        .putExtra("disable_ssl", true)
                        .putExtra("disable_tls", true)
                        .putExtra("from_email", "airflow@example.com")
                        .build());
        airflow.pools().ensure(id("narrow"), 1);
        for (Dag dag : List.of(mails(), slow(), narrow(), rules(), partitions(), pythons(), after())) {
            dags.put(dag.id(), dag);
        }
        Map<String, Operation<DeployedDag>> deliveries = new LinkedHashMap<>();
        dags.values().forEach(dag -> deliveries.put(dag.id(), airflow.dags().deploy(dag)));
        deliveries.values().forEach(d -> d.await(AirflowContract.PARSED));
        for (String name : List.of("narrow", "mails", "slow", "rules", "pythons", "after")) {
            boolean dated = name.equals("narrow") || name.equals("after");
            runs.put(name, airflow.runs().trigger(id(name), t -> {
                t.runId(RUN);
                if (dated) {
                    t.logicalDate(DATE);
                }
            }));
        }
        airflow.assets().post(airflow.assets().get(asset().uri()), e -> e.partitionKey("2026-01-31"));
    }

    @AfterAll
    void leave() {
        if (sink != null) {
            sink.close();
        }
        if (place != null) {
            dags.keySet().forEach(dag -> airflow.dags().undeploy(dag));
            airflow.connections().delete(id("smtp"));
            airflow.pools().delete(id("narrow"));
            place.close();
        }
    }

    private static String id(String name) {
        return AirflowContract.id("fires_" + name);
    }

    private static String address(String who) {
        return who + "@example.com";
    }

    private Callback.Email mail(String who, String subject) {
        return Callback.email(address(who), subject).connection(id("smtp"));
    }

    private Dag mails() {
        return Dag.builder(id("mails"))
                .addOnFailure(mail("run", "the run failed " + ODD))
                .bash(
                        "boom",
                        b -> b.command("exit 3")
                                .retries(1, Duration.ofSeconds(1))
                                .addOnRetry(mail("retry", "once more"))
                                .addOnFailure(mail("task", "x")
                                        .subject(Template.of("{{ ti.task_id }} of {{ dag.dag_id }}"))
                                        .html("<b>" + ODD + "</b>"))
                                .addOnSuccess(mail("nobody", "it went well")))
                .build();
    }

    /** A worker that a busy machine loses is no finding. */
    private static Dag.Builder patient(String name) {
        return Dag.builder(id(name)).retries(2, Duration.ofSeconds(1));
    }

    private Dag slow() {
        return patient("slow")
                .addDeadlines(
                        DeadlineAlert.afterQueued(Duration.ofSeconds(1), mail("late", "late " + ODD)),
                        DeadlineAlert.afterQueued(Duration.ofHours(3), mail("nobody", "far too late")))
                .bash("sleep", "sleep 8")
                .build();
    }

    private Dag narrow() {
        return patient("narrow")
                .bash("one", b -> b.command("sleep 2").pool(id("narrow")))
                .bash("two", b -> b.command("sleep 2").pool(id("narrow")).priorityWeight(5))
                .build();
    }

    /** Waits for a task of a run of another DAG of the same date. */
    private Dag after() {
        return patient("after")
                .sensor(
                        "other",
                        s -> s.until(Until.dag(id("narrow")).tasks("one"))
                                .reschedules(true)
                                .pokeInterval(Duration.ofSeconds(2)))
                .empty("then")
                .addEdge("other", "then")
                .build();
    }

    private static Asset asset() {
        return Asset.of(id("asset"), "s3://contract/" + id("asset"));
    }

    private Dag partitions() {
        return patient("partitions")
                .schedule(Schedule.partitions(asset()))
                .python("told", p -> p.code("return context['dag_run'].partition_key"))
                .build();
    }

    private Dag pythons() throws Exception {
        String wheel = Wheel.write(folder, "fairlead_probe", "def twice(text):\n    return text * 2\n");
        return patient("pythons")
                .python(
                        "own",
                        p -> p.addRequirements(wheel)
                                .putArgument("text", ODD)
                                .code("import fairlead_probe\nreturn fairlead_probe.twice(text)"))
                .python(
                        "external",
                        p -> p.interpreter(mlflowPython())
                                .putArgument("text", ODD)
                                .code(
                                        "import mlflow.version, sys\nreturn [sys.executable, mlflow.version.VERSION, text]"))
                .build();
    }

    private static String mlflowPython() {
        return PythonEnvironments.open()
                .require("mlflow-" + MlflowServer.CURRENT)
                .program("python")
                .toString();
    }

    /** Each rule after a failure and a success, and after a skipped task and a success. */
    private static Dag rules() {
        Dag.Builder dag = patient("rules")
                .empty("well")
                .bash("bad", b -> b.command("exit 1").retries(0))
                .bash("skipped", "exit 99");
        for (TriggerRule rule : TriggerRule.values()) {
            for (String other : List.of("bad", "skipped")) {
                String task = task(rule, other);
                dag.addTask(EmptyTask.builder(task).triggerRule(rule).build())
                        .addEdge("well", task)
                        .addEdge(other, task);
            }
        }
        return dag.build();
    }

    private static String task(TriggerRule rule, String other) {
        return "after-" + other + "-" + rule.word();
    }

    private Map<String, TaskInstance> tasks(String name) {
        Map<String, TaskInstance> tasks = new TreeMap<>();
        airflow.runs().tasks(id(name), RUN).forEach(t -> tasks.put(t.taskId(), t));
        return tasks;
    }

    @Test
    @Proves("airflow.callbacks")
    void failure_sendsOneMailForTheTryTheTaskAndTheRun() {
        DagRunFailedException failed = catchThrowableOfType(
                DagRunFailedException.class, () -> runs.get("mails").await(AirflowContract.RUN));

        assertThat(failed).hasMessageContaining("task 'boom' failed on try 2");
        for (String who : List.of("retry", "task", "run")) {
            Eventually.holds(
                    "a mail to " + who,
                    AirflowContract.RUN,
                    () -> !sink.to(address(who)).isEmpty());
        }
        assertThat(sink.to(address("retry"))).singleElement().satisfies(m -> {
            assertThat(m.subject()).isEqualTo("once more");
            assertThat(m.from()).isEqualTo("airflow@example.com");
        });
        assertThat(sink.to(address("task"))).singleElement().satisfies(m -> {
            assertThat(m.subject()).isEqualTo("boom of " + id("mails"));
            assertThat(decoded(m)).contains("<b>" + ODD + "</b>");
        });
        assertThat(sink.to(address("run")))
                .singleElement()
                .satisfies(m -> assertThat(m.subject()).isEqualTo("the run failed " + ODD));
        assertThat(airflow.runs().tries(id("mails"), RUN, "boom")).hasSize(2);
        assertThat(sink.to(address("nobody"))).isEmpty();
    }

    /** The content comes in base64. */
    private static String decoded(MailSink.Mail mail) {
        StringBuilder all = new StringBuilder(mail.text());
        for (String part : mail.text().split("\n\n")) {
            String packed = part.replaceAll("\\s", "");
            if (packed.matches("[A-Za-z0-9+/]{8,}=*")) {
                all.append(new String(
                        java.util.Base64.getDecoder().decode(packed), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    @Test
    @Proves("airflow.deadlines")
    void deadline_thatPassed_sendsItsMailOnce() {
        Eventually.holds(
                "the deadline's mail",
                AirflowContract.RUN,
                () -> !sink.to(address("late")).isEmpty());

        runs.get("slow").await(AirflowContract.RUN);
        assertThat(sink.to(address("late")))
                .singleElement()
                .satisfies(m -> assertThat(m.subject()).isEqualTo("late " + ODD));
        assertThat(sink.to(address("nobody"))).isEmpty();
    }

    @Test
    @Proves({"airflow.pool-slots", "airflow.pools", "airflow.sensors"})
    void poolOfOneSlot_itsTasksNeverOverlap_andOthersWaitForThem() {
        runs.get("narrow").await(AirflowContract.RUN);
        runs.get("after").await(AirflowContract.RUN);

        Map<String, TaskInstance> tasks = tasks("narrow");
        TaskInstance one = tasks.get("one");
        TaskInstance two = tasks.get("two");
        assertThat(List.of(one.pool().orElseThrow(), two.pool().orElseThrow())).containsOnly(id("narrow"));
        boolean apart = !one.startedAt().orElseThrow().isBefore(two.endedAt().orElseThrow())
                || !two.startedAt().orElseThrow().isBefore(one.endedAt().orElseThrow());
        assertThat(apart)
                .as(one.startedAt() + " to " + one.endedAt() + ", " + two.startedAt() + " to " + two.endedAt())
                .isTrue();
        assertThat(tasks("after").get("then").endedAt().orElseThrow())
                .isAfter(one.endedAt().orElseThrow());
    }

    @Test
    @Proves("airflow.partitions")
    void partition_ofTheUpdate_isThatOfTheConsumersRun() {
        DagRun run = Eventually.get(
                "a run of the partition",
                AirflowContract.RUN,
                () -> airflow.runs().list(id("partitions")).stream().findFirst());

        airflow.runs().operation(run.dagId(), run.id()).await(AirflowContract.RUN);
        assertThat(run.partitionKey()).hasValue("2026-01-31");
        assertThat(airflow.runs().output(run.dagId(), run.id(), "told")).hasValue("2026-01-31");
        assertThat(airflow.assets().upstreamEvents(run.dagId(), run.id()))
                .singleElement()
                .satisfies(e -> assertThat(e.partitionKey()).hasValue("2026-01-31"));
    }

    @Test
    @Proves("airflow.python-environments")
    void python_inItsOwnAndInAnotherEnvironment_seesItsPackages() {
        runs.get("pythons").await(AirflowContract.RUN);

        assertThat(airflow.runs().output(id("pythons"), RUN, "own")).hasValue(ODD + ODD);
        assertThat(airflow.runs().output(id("pythons"), RUN, "external").orElseThrow())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class))
                .first()
                .isEqualTo(mlflowPython());
    }

    @Test
    @Proves("airflow.trigger-rules")
    void triggerRules_afterAFailureAndASkippedTask_decideAsTheySay() {
        catchThrowableOfType(
                DagRunFailedException.class, () -> runs.get("rules").await(AirflowContract.RUN));

        Map<TriggerRule, String> afterBad = new EnumMap<>(TriggerRule.class);
        Map<TriggerRule, String> afterSkipped = new EnumMap<>(TriggerRule.class);
        Map<String, TaskInstance> tasks = tasks("rules");
        for (TriggerRule rule : TriggerRule.values()) {
            afterBad.put(rule, tasks.get(task(rule, "bad")).state().value());
            afterSkipped.put(rule, tasks.get(task(rule, "skipped")).state().value());
        }
        assertThat(tasks.get("skipped").state().value()).isEqualTo("skipped");
        assertThat(named(afterBad, "upstream_failed"))
                .containsExactlyInAnyOrder("all_success", "none_failed", "none_failed_min_one_success");
        assertThat(named(afterBad, "skipped")).containsExactlyInAnyOrder("all_failed", "all_skipped");
        assertThat(named(afterBad, "success")).hasSize(7);
        assertThat(named(afterSkipped, "upstream_failed")).isEmpty();
        assertThat(named(afterSkipped, "skipped"))
                .containsExactlyInAnyOrder(
                        "all_success",
                        "all_failed",
                        "all_skipped",
                        "one_failed",
                        "none_skipped",
                        "all_done_min_one_success");
        assertThat(named(afterSkipped, "success")).hasSize(6);
    }

    private static Set<String> named(Map<TriggerRule, String> states, String state) {
        Set<String> rules = new java.util.TreeSet<>();
        states.forEach((rule, is) -> {
            if (is.equals(state)) {
                rules.add(rule.name().toLowerCase(Locale.ROOT));
            }
        });
        return rules;
    }

    @Test
    @Proves({"airflow.catalog", "airflow.deploy-confirmed"})
    void server_knowsTheTasksAndEdgesOfTheModel_andOneVersion() {
        runs.values()
                .forEach(
                        run -> catchThrowableOfType(DagRunFailedException.class, () -> run.await(AirflowContract.RUN)));

        for (Dag dag : List.of(dags.get(id("rules")), dags.get(id("after")))) {
            Map<String, List<String>> downstream = new TreeMap<>();
            airflow.catalog().tasks(dag.id()).forEach((DagTask t) -> downstream.put(t.id(), t.downstream()));
            Map<String, List<String>> ours = new TreeMap<>();
            dag.tasks().forEach(t -> ours.put(t.id(), new java.util.ArrayList<>()));
            dag.edges().forEach(e -> ours.get(e.upstream()).add(e.downstream()));
            ours.values().forEach(java.util.Collections::sort);
            assertThat(downstream).isEqualTo(ours);
        }
        for (String dag : dags.keySet()) {
            assertThat(airflow.dags().versions(dag).stream())
                    .as("parsed many times, " + dag + " stays one version")
                    .hasSize(1);
        }
    }
}
