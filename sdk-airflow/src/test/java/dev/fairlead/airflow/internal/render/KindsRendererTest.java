package dev.fairlead.airflow.internal.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Operator;
import dev.fairlead.airflow.dag.ResourceTask;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.Until;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of task looks like in the file. {@code -Dfairlead.golden=write} writes the expected ones anew. */
class KindsRendererTest {
    private static Dag kinds(Dialect dialect) {
        Dag.Builder dag = Dag.builder("kinds")
                .putParam("go", true)
                .sensor(
                        "file",
                        s -> s.until(Until.file("/data/{day}"))
                                .reschedules(true)
                                .timeout(Duration.ofHours(6)))
                .sensor(
                        "later",
                        s -> s.until(Until.after(Duration.ofMinutes(5))).deferrable(true))
                .sensor(
                        "noon",
                        s -> s.until(Until.time(Instant.parse("2026-01-31T12:00:00Z")))
                                .deferrable(true))
                .sensor("other", Until.dag("upstream").tasks("load").earlier(Duration.ofHours(1)))
                .shortCircuit("go", s -> s.condition(Template.param("go")))
                .http("ask", h -> h.endpoint("/model").method("GET").responseFilter("return response.json()['kind']"))
                .branch("choose", b -> b.choice(TaskOutput.of("ask")).addChoices("query", "notebook"))
                .sql(
                        "query",
                        s -> s.connection("db")
                                .sql("select * from flights.sql")
                                .putParameter("day", Template.of("{{ ds }}")))
                .papermill("notebook", p -> p.notebook("/in.ipynb").result(Template.of("/out/{{ ds }}.ipynb")))
                .spark(
                        "spark",
                        s -> s.image("spark:3.5.6")
                                .sparkVersion("3.5.6")
                                .mainFile("local:///train.py")
                                .driver(r -> r.cpu("1").memory("1Gi"))
                                .executors(2, r -> r.cpu("2").memory("4Gi").gpu(Gpu.nvidia(1))))
                .job(
                        "job",
                        j -> j.pod(p -> p.image("trainer:1"))
                                .completions(4)
                                .parallelism(2)
                                .queueName("gpu"))
                .addTask(ResourceTask.create(
                                "settings",
                                Map.of(
                                        "apiVersion",
                                        "v1",
                                        "kind",
                                        "ConfigMap",
                                        "metadata",
                                        Map.of("name", Template.of("settings-{{ ds_nodash }}")),
                                        "data",
                                        Map.of("text", "{{ as it is }}")))
                        .build())
                .operator(
                        "copy",
                        Operator.of(
                                "airflow.providers.amazon.aws.operators.s3",
                                "S3CopyObjectOperator",
                                "apache-airflow-providers-amazon",
                                List.of("source_bucket_key"),
                                List.of()),
                        o -> o.putArgument("source_bucket_key", "{{ key }}").putArgument("verify", false))
                .latestOnly("latest")
                .triggerDag(
                        "next",
                        t -> t.dagId("serving")
                                .putConf("run", Template.runId())
                                .waits(true)
                                .deferrable(true))
                .chain("go", "ask")
                .chain("latest", "next");
        if (dialect.atLeast(Dialect.V3_1)) {
            dag.approval(
                    "approve",
                    a -> a.subject("Deploy?")
                            .responseTimeout(Duration.ofHours(8))
                            .addDefaults("Reject"));
        }
        return dag.build();
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"V2_11", "V3_3"})
    @Proves("airflow.kinds")
    void render_eachKind_isTheGoldenFile(Dialect dialect) throws IOException {
        String source = kinds(dialect).render(dialect).source();
        Path file = Path.of("src/test/resources/golden", "kinds-" + dialect.version() + ".py.txt");
        if ("write".equals(System.getProperty("fairlead.golden"))) {
            Files.writeString(file, source);
        }

        assertThat(source).isEqualTo(Files.readString(file));
    }
}
