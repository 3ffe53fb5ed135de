package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.ExternalTask;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.Operator;
import dev.fairlead.airflow.dag.PodFinish;
import dev.fairlead.airflow.dag.ResourceTask;
import dev.fairlead.airflow.dag.TaskGroup;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Text;
import dev.fairlead.airflow.dag.Until;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.PodTemplate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes DAGs that together have every kind of task with every setting. */
final class EveryKind {
    /** Looks like code of Jinja and ends like a file. */
    static final String ODD = "{{ 7*7 }} {% x %} {# y #} \"q\" ' \\ \u00e9.sql";

    /** An operator that has no kind of its own here, and a text of its template field that ends like a file. */
    static final Operator CHECK = Operator.of(
            "airflow.providers.common.sql.operators.sql",
            "SQLCheckOperator",
            "apache-airflow-providers-common-sql",
            List.of("sql", "conn_id", "database", "hook_params"),
            List.of(".hql", ".sql"));

    private EveryKind() {}

    static List<Dag> dags(Dialect dialect) {
        List<Dag> dags = new java.util.ArrayList<>(List.of(decisions(), sensors(), services(), cluster()));
        if (dialect.atLeast(Dialect.V3_1)) {
            dags.add(approvals());
        }
        return dags;
    }

    private static Dag decisions() {
        return Dag.builder("decisions")
                .branch(
                        "by-code",
                        b -> b.code("return 'left' if which else ['right', 'deep']")
                                .putArgument("which", ODD)
                                .addChoices("left", "right", "deep"))
                .branch("by-output", b -> b.choice(TaskOutput.of("left")).addChoices("last"))
                .empty("left")
                .empty("right")
                .addGroup(TaskGroup.builder("deep")
                        .branch("inner", b -> b.choice(Template.param("which")).addChoices("a", "last"))
                        .empty("a")
                        .build())
                .shortCircuit("by-condition", s -> s.condition(Template.of("{{ params.go }}")))
                .shortCircuit(
                        "by-check",
                        s -> s.code("return go").putArgument("go", true).keepsTriggerRules(true))
                .latestOnly("latest")
                .empty("last")
                .putParam("which", "a")
                .putParam("go", false)
                .chain("by-condition", "by-check", "latest", "last")
                .triggerDag(
                        "start",
                        t -> t.dagId("sensors")
                                .runId(Template.of("child-{{ run_id }}"))
                                .putConf("odd", ODD)
                                .putConf("of", TaskOutput.of("left"))
                                .putConf("deep", Map.of("list", List.of(1, Template.runId())))
                                .logicalDate("2026-01-31T00:00:00+00:00")
                                .resets(true)
                                .waits(true)
                                .deferrable(true)
                                .pollInterval(Duration.ofSeconds(5))
                                .addAllowedStates(DagRunState.SUCCESS)
                                .addFailedStates(DagRunState.FAILED))
                .triggerDag(
                        "start-many",
                        t -> t.dagId("sensors")
                                .skipsExisting(true)
                                .mapping(Mapping.over("conf", List.of(Map.of("n", 1), Map.of("n", ODD)))))
                .build();
    }

    private static Dag sensors() {
        ExternalTask other = Until.dag("decisions");
        return Dag.builder("sensors")
                .sensor("run", other)
                .sensor(
                        "tasks",
                        s -> s.until(other.tasks("left", "right")
                                        .earlier(Duration.ofHours(1))
                                        .allowed(TaskState.SUCCESS, TaskState.SKIPPED)
                                        .failed(TaskState.FAILED)
                                        .skipped(TaskState.UPSTREAM_FAILED)
                                        .checkingExistence())
                                .deferrable(true)
                                .pokeInterval(Duration.ofSeconds(7))
                                .timeout(Duration.ofHours(2))
                                .softFail(true))
                .sensor("group", other.group("deep").logicalDate("return logical_date"))
                .sensor(
                        "file",
                        s -> s.until(Until.file(ODD).connection("fs_default").throughFolders())
                                .reschedules(true)
                                .exponentialBackoff(true)
                                .maxWait(Duration.ofMinutes(3)))
                .sensor("file-later", s -> s.until(Until.file("/x")).deferrable(true))
                .sensor("delta", Until.after(Duration.ofMinutes(1)))
                .sensor(
                        "delta-later",
                        s -> s.until(Until.after(Duration.ofMinutes(1))).deferrable(true))
                .sensor("time", Until.time(Instant.parse("2026-01-31T00:00:00Z")))
                .sensor(
                        "time-later",
                        s -> s.until(Until.time(Template.of("{{ ts }}"))).deferrable(true))
                .sensor("bash", Until.bash("test -e " + ODD).env("ODD", new Text(ODD)))
                .sensor("python", Until.python("return odd").argument("odd", ODD))
                .sensor(
                        "http",
                        Until.http(ODD)
                                .connection("http_default")
                                .param("q", new Text(ODD))
                                .header("X-Odd", new Text(ODD))
                                .responseCheck("return response.ok"))
                .sensor(
                        "http-later",
                        s -> s.until(Until.http("/x").method("HEAD")).deferrable(true))
                .sensor("sql", Until.sql("db", "select 1 -- " + ODD).parameter("odd", ODD))
                .sensor(
                        "spark",
                        Until.sparkApplication("app")
                                .namespace("ml")
                                .connection("k8s")
                                .copyingLog())
                .build();
    }

    private static Dag services() {
        return Dag.builder("services")
                .http(
                        "get",
                        h -> h.endpoint(ODD)
                                .method("GET")
                                .connection("http_default")
                                .putData("q", ODD)
                                .putHeader("X-Odd", ODD)
                                .responseCheck("return response.ok")
                                .responseFilter("return response.json()")
                                .timeout(Duration.ofSeconds(5))
                                .logsResponse(true))
                .http(
                        "post",
                        h -> h.endpoint("/x").body(Template.of("{{ ds }}")).deferrable(true))
                .http("many", h -> h.method("GET").mapping(Mapping.over("endpoint", List.of("/a", ODD))))
                .sql(
                        "one",
                        s -> s.connection("db")
                                .sql(ODD)
                                .putParameter("odd", ODD)
                                .putParameter("rows", TaskOutput.of("get"))
                                .autocommit(true)
                                .splits(true)
                                .returnsRows(false))
                .sql("two", s -> s.connection("db").sql("select 1.json").sql(Template.of("select '{{ ds }}'")))
                .papermill(
                        "notebook",
                        p -> p.notebook("/in.ipynb")
                                .result(Template.of("/out/{{ ds }}.ipynb"))
                                .putParameter("odd", ODD)
                                .kernel("python3")
                                .language("python")
                                .logsOutput(true))
                .operator("check", CHECK, o -> o.putArgument("sql", ODD).putArgument("conn_id", "db"))
                .operator(
                        "check-many",
                        CHECK,
                        o -> o.putArgument("conn_id", "db").mapping(Mapping.over("sql", List.of("select 1", ODD))))
                .build();
    }

    static PodTemplate pod() {
        return PodTemplate.builder()
                .image("trainer:1")
                .command("python")
                .args("--text", ODD)
                .resources(r -> r.cpu("1").memory("1Gi").gpu(Gpu.nvidia(1)))
                .putLabel("team", "ml")
                .build();
    }

    private static Dag cluster() {
        Map<String, Object> settings = Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", Template.of("settings-{{ ds_nodash }}")),
                "data",
                Map.of("odd", ODD));
        return Dag.builder("cluster")
                .spark(
                        "spark",
                        s -> s.image("spark:3.5.6")
                                .sparkVersion("3.5.6")
                                .mainFile("local:///opt/train.py")
                                .addArguments(new Text("conf.json"), Template.of("{{ ds }}"))
                                .putSparkConf("spark.odd", ODD)
                                .addJars("local:///a.jar")
                                .addPyFiles("local:///a.py")
                                .addFiles("local:///a.json")
                                .addPackages("org.example:a:1")
                                .driver(r -> r.cpu("500m").memory("2Gi"))
                                .executors(2, r -> r.cpu("2").memory("4Gi").gpu(Gpu.nvidia(1)))
                                .serviceAccount("spark")
                                .namespace("ml")
                                .connection("k8s")
                                .putField("driver", Map.of("labels", Map.of("team", "ml")))
                                .putField("restartPolicy", Map.of("type", "Never"))
                                .startupTimeout(Duration.ofMinutes(5))
                                .keepsApplication(true))
                .spark(
                        "scala",
                        s -> s.image("spark:3.5.6")
                                .sparkVersion("3.5.6")
                                .language("Scala")
                                .mainClass("Train")
                                .mainFile("local:///a.jar"))
                .job(
                        "job",
                        j -> j.pod(pod())
                                .putEvaluatedEnv("DAY", Template.of("{{ ds }}"))
                                .completions(3)
                                .parallelism(2)
                                .backoffLimit(0)
                                .indexed(true)
                                .timeToLive(Duration.ofHours(1))
                                .pollInterval(Duration.ofSeconds(2))
                                .deferrable(true)
                                .namespace("ml")
                                .connection("k8s")
                                .returnsOutput(true))
                .job(
                        "queued",
                        j -> j.pod(p -> p.image("trainer:1")).queueName("gpu").waits(false))
                .addTask(ResourceTask.create("make", settings).namespace("ml").build())
                .addTask(ResourceTask.delete("delete", settings)
                        .connection("k8s")
                        .build())
                .addTask(ResourceTask.rayJob("ray", new Text("train"), new Text("python " + ODD), pod(), pod(), 2)
                        .build())
                .pod(
                        "pod",
                        p -> p.image("trainer:1")
                                .onFinish(PodFinish.DELETE_SUCCEEDED)
                                .reattaches(false)
                                .pollInterval(Duration.ofSeconds(3))
                                .addLogContainers("main", "side"))
                .build();
    }

    private static Dag approvals() {
        return Dag.builder("approvals")
                .approval(
                        "approve",
                        a -> a.subject(ODD).body(ODD).addDefaults("Reject").failsOnReject(true))
                .approval(
                        "choose",
                        a -> a.subject(Template.of("{{ ds }}"))
                                .addOptions("a", "b", "c")
                                .addDefaults("a", "b")
                                .multiple(true)
                                .putForm("note", ODD)
                                .responseTimeout(Duration.ofHours(1))
                                .putAssignedUser("1", "Ada"))
                .approval(
                        "route",
                        a -> a.subject("Which?")
                                .addOptions("go", "stop")
                                .putRoute("go", "inside")
                                .putRoute("stop", "end"))
                .approval("fill", a -> a.subject("How many?").putForm("count", 3))
                .addGroup(TaskGroup.builder("inside").empty("first").build())
                .empty("end")
                .build();
    }
}
