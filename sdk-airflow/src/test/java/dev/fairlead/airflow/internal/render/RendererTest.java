package dev.fairlead.airflow.internal.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.fairlead.airflow.dag.BashTask;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Edge;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.SecretRef;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files look like. {@code -Dfairlead.golden=write} writes the expected ones anew. */
class RendererTest {
    private static Dag retraining() {
        return Dag.builder("flights.retraining")
                .description("Trains the flights model anew")
                .doc("# Flights\nTrains each night, \"champion\" first.")
                .schedule(Schedule.cron("0 3 * * 1-5", ZoneId.of("Europe/Paris")))
                .startDate(LocalDate.of(2026, 1, 1))
                .addTags("ml", "flights")
                .putParam("rows", 50_000)
                .putParam("rate", 0.25)
                .maxActiveRuns(1)
                .retries(2, Duration.ofMinutes(5))
                .runTimeout(Duration.ofHours(6))
                .bash(
                        "extract",
                        b -> b.command("python extract.py --day {{ not a template }}")
                                .putEnv("DAY", Template.of("{{ ds }}"))
                                .putEnv("GREETING", "it's \"quoted\" \\ caf\u00e9 \ud83d\ude00"))
                .python(
                        "count-rows",
                        p -> p.code("""
                                    import json
                                    print(json.dumps({"rows": rows}))
                                    return rows * 2
                                """)
                                .putArgument("rows", Template.param("rows"))
                                .putArgument("limits", Map.of("low", 1, "high", List.of(2.5, true)))
                                .executionTimeout(Duration.ofMillis(90_500)))
                .pod(
                        "train",
                        p -> p.image("registry.local/train:1.4")
                                .command("python", "-m", "train")
                                .gpu(Gpu.nvidia(1))
                                .putEnv("EPOCHS", "20")
                                .putEnv("ROWS", TaskOutput.of("count-rows"))
                                .putSecretEnv("MLFLOW_TRACKING_TOKEN", SecretRef.of("mlflow", "token"))
                                .putNodeSelector("nvidia.com/gpu.product", "NVIDIA-A100-SXM4-40GB")
                                .startupTimeout(Duration.ofMinutes(10))
                                .namespace("ml")
                                .pool("gpu"))
                .addTask(BashTask.builder("class")
                        .command("report.sh")
                        .triggerRule(TriggerRule.ALL_DONE)
                        .build())
                .empty("import")
                .chain("extract", "count-rows", "train")
                .addEdge("train", "class")
                .addEdge("train", "import")
                .build();
    }

    private static void matches(String name, String source) throws IOException {
        Path file = Path.of("src/test/resources/golden", name);
        if ("write".equals(System.getProperty("fairlead.golden"))) {
            Files.writeString(file, source);
        }
        assertThat(source).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"V2_11", "V3_0", "V3_3"})
    @Proves("airflow.render")
    void render_retraining_isTheGoldenFile(Dialect dialect) throws IOException {
        matches(
                "retraining-" + dialect.version() + ".py.txt",
                retraining().render(dialect).source());
    }

    @Test
    @Proves("airflow.render")
    void render_smallest_isTheGoldenFile() throws IOException {
        matches(
                "smallest.py.txt",
                Dag.builder("smallest").build().render(Dialect.V3_3).source());
    }

    @Test
    @Proves("airflow.render")
    void render_sameDagBuiltInAnyOrder_isTheSameBytes() {
        Dag dag = retraining();
        String expected = dag.render(Dialect.V3_3).source();
        for (int seed = 0; seed < 20; seed++) {
            List<dev.fairlead.airflow.dag.Task> tasks = new ArrayList<>(dag.tasks());
            List<Edge> edges = new ArrayList<>(dag.edges());
            List<Map.Entry<String, Object>> params =
                    new ArrayList<>(dag.params().entrySet());
            Random random = new Random(seed);
            Collections.shuffle(tasks, random);
            Collections.shuffle(edges, random);
            Collections.shuffle(params, random);
            Map<String, Object> shuffled = new LinkedHashMap<>();
            params.forEach(p -> shuffled.put(p.getKey(), p.getValue()));
            Dag same = dag.with(b -> b.tasks(tasks).edges(edges).params(shuffled));
            assertThat(same.render(Dialect.V3_3).source()).isEqualTo(expected);
        }
    }

    @Test
    @Proves("airflow.render")
    void render_header_holdsTheChecksumOfTheRest() {
        RenderedDag rendered = retraining().render(Dialect.V3_3);

        Header header = Header.read(rendered.source()).orElseThrow();

        assertThat(header.dagId()).isEqualTo("flights.retraining");
        assertThat(header.dialect()).isEqualTo("3.3");
        assertThat(header.sha256()).isEqualTo(rendered.sha256());
        assertThat(header.untouched()).isTrue();
        assertThat(Header.read(rendered.source().replace("retries\": 2", "retries\": 3"))
                        .orElseThrow()
                        .untouched())
                .isFalse();
        assertThat(Header.read("from airflow import DAG\n")).isEmpty();
        assertThat(rendered.source()).endsWith("\n").doesNotContain("\r");
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(rendered.source()))
                .isTrue();
    }

    @Test
    @Proves("airflow.import-error")
    void taskAt_eachLineOfATask_isThatTask() {
        RenderedDag rendered = retraining().render(Dialect.V3_3);
        String[] lines = rendered.source().split("\n", -1);

        for (int i = 0; i < lines.length; i++) {
            int line = i + 1;
            if (lines[i].contains("task_id=\"train\"") || lines[i].contains("\"NVIDIA-A100")) {
                assertThat(rendered.taskAt(line).orElseThrow().id()).isEqualTo("train");
            } else if (lines[i].contains("import json")
                    || lines[i].contains("def run_count_rows")
                    || lines[i].contains("python_callable")) {
                assertThat(rendered.taskAt(line).orElseThrow().id()).isEqualTo("count-rows");
            } else if (lines[i].startsWith("from ") || lines[i].contains(" >> ") || lines[i].contains("dag_id=")) {
                assertThat(rendered.taskAt(line)).isEmpty();
            }
        }
    }

    @Test
    @Proves("airflow.text-or-template")
    void render_textAndTemplate_areTold() {
        String source = Dag.builder("d")
                .bash(
                        "a",
                        b -> b.command("echo {{ ds }}")
                                .putEnv("PLAIN", "plain")
                                .putEnv("TEXT", "{{ 7*7 }}")
                                .putEnv("FILE", "run.sh")
                                .putEnv("EVALUATED", Template.of("{{ 7*7 }}"))
                                .putEnv("EVALUATED_FILE", Template.of("{{ name }}.sh")))
                .build()
                .render(Dialect.V3_3)
                .source();

        assertThat(source)
                .contains("bash_command=literal(\"echo {{ ds }}\")")
                .contains("\"PLAIN\": \"plain\"")
                .contains("\"TEXT\": literal(\"{{ 7*7 }}\")")
                .contains("\"FILE\": literal(\"run.sh\")")
                .contains("\"EVALUATED\": \"{{ 7*7 }}\"")
                .contains("\"EVALUATED_FILE\": \"{{ name }}.sh{{ '' }}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ x }}", "{% x %}", "{# x #}", "a\rb", "a\n", "./run.sh", "./run.bash"})
    @Proves("airflow.text-or-template")
    void render_textThatAirflowWouldChange_isWrapped(String command) {
        assertThat(bash(command)).contains("bash_command=literal(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo hi", "a }} b", "{ x }", "a\nb", "run.sh --now"})
    @Proves("airflow.text-or-template")
    void render_textThatAirflowLeavesAlone_isPlain(String command) {
        assertThat(bash(command)).contains("bash_command=\"").doesNotContain("literal");
    }

    private static String bash(String command) {
        return Dag.builder("d").bash("t", command).build().render(Dialect.V3_3).source();
    }

    @Test
    @Proves("airflow.render")
    void render_tenThousandTasks_isQuick() {
        Dag.Builder big = Dag.builder("big");
        for (int i = 0; i < 10_000; i++) {
            big.bash("t" + i, "echo " + i);
            if (i > 0) {
                big.addEdge("t" + (i - 1), "t" + i);
            }
        }
        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(big.build().render(Dialect.V3_3).blocks()).hasSize(10_000));
    }

    @Test
    @Proves("airflow.secrets")
    void build_longText_isSearchedForSecretsInOneGo() {
        assertTimeout(
                Duration.ofSeconds(10),
                () -> Dag.builder("d")
                        .description("a".repeat(1_000_000))
                        .doc("a-".repeat(500_000))
                        .bash("a", b -> b.command("a://".repeat(250_000)))
                        .build());
    }

    @Test
    @Proves("airflow.dialects")
    void dialect_ofAServersVersion_isTheNewestNotAbove() {
        assertThat(Dialect.of("3.3.2")).isEqualTo(Dialect.V3_3);
        assertThat(Dialect.of("3.10.0")).isEqualTo(Dialect.V3_4);
        assertThat(Dialect.V3_4.isProven()).isFalse();
        assertThat(Dialect.NEWEST.isProven()).isTrue();
        assertThat(Dialect.of("3.1.8+astro.1")).isEqualTo(Dialect.V3_1);
        assertThat(Dialect.of("2.11.2")).isEqualTo(Dialect.V2_11);
    }

    @Test
    @Proves("airflow.text-or-template")
    void template_parts_areQuoted() {
        assertThat(Template.param("it's \\").source()).isEqualTo("{{ params['it\\'s \\\\'] }}");
        assertThat(Template.conf("day").source()).isEqualTo("{{ dag_run.conf['day'] }}");
    }

    @Test
    @Proves("airflow.render")
    void names_neverHideBuiltinsOrEachOther() {
        Names names = new Names();

        assertThat(List.of(
                        names.of("a-b"),
                        names.of("a.b"),
                        names.of("a_b"),
                        names.of("class"),
                        names.of("print"),
                        names.of("1st"),
                        names.of("__x"),
                        names.of("DAG")))
                .doesNotHaveDuplicates()
                .doesNotContain("class", "print", "DAG")
                .allMatch(Python::isName);
    }

    @Test
    @Proves("airflow.render")
    void pythonBody_marginMoves_textsStay() {
        assertThat(PythonBody.indent(
                        "\n    if x:\n        y = '''\n  kept\n'''\n    # it's \"\"\" no text\n    z = 1\n\n", "    "))
                .isEqualTo("    if x:\n        y = '''\n  kept\n'''\n    # it's \"\"\" no text\n    z = 1");
        assertThat(PythonBody.indent("a = \"it's\"\r\nb = 'x\\'y'\r\nc = 1", "  "))
                .isEqualTo("  a = \"it's\"\n  b = 'x\\'y'\n  c = 1");
    }
}
