package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Edge;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.airflow.dag.TriggerRule;
import dev.fairlead.airflow.internal.render.Python;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Airflow's own Python reads what we render: in each dialect every text comes out of the file as it went in. No server is needed for it. */
@RanOn("airflow 3.3.2")
class RealPythonIT {
    private static final boolean FULL = "full".equals(System.getProperty("fairlead.campaign"));
    private static final int SAMPLE = FULL ? 100_000 : 400;
    private static final long SEED = Long.getLong("fairlead.seed", 20_260_301L);
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\"",
            "'",
            "\"\"\"",
            "'''",
            "\\",
            "\\\\\"",
            "\\N{BULLET}",
            "\\u0041",
            "\\x41",
            "\\\n",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\0",
            "\u000b",
            "\f",
            "\u0085",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\u200e\u202e",
            "\ud83d\ude00",
            "\uffff",
            "\udbff\udfff",
            "\u00ff",
            "\u0100",
            "{{",
            "}}",
            "{{ 7*7 }}",
            "{% raw %}",
            "{#",
            "#}",
            "{{ '{{' }}",
            "{%- if 1 -%}",
            "\n{{ x }}\n",
            "a\n",
            "a\r\n",
            "\n\n",
            "run.sh",
            "query.sql",
            "x.bash",
            "conf.json",
            "pod.yaml",
            "doc.md",
            ".sh",
            "${HOME}",
            "$(id)",
            "`id`",
            "; rm -rf /",
            "&& true",
            "%s %d {0}",
            "f'{x}'",
            "# comment",
            "b'x'",
            "None",
            "True",
            "1e999",
            "-0",
            "__import__('os').system('id')",
            "\") + exec(\"1",
            "\n    import os\n",
            "*/",
            "<!--",
            "x".repeat(5_000),
            "\ud83d\ude00".repeat(200),
            "\"\\\n".repeat(100));

    @TempDir
    Path folder;

    @BeforeAll
    static void airflowIsThere() {
        RealServers.skipped(RealServers.Kind.AIRFLOW)
                .ifPresent(reason -> Assumptions.abort("Airflow 3.3.2 does not run here: " + reason));
    }

    /** Nasty texts first, then random ones of every plane. */
    private static List<String> texts(int count) {
        Random random = new Random(SEED);
        List<String> texts = new ArrayList<>(NASTY);
        String pieces = "{}%#'\"\\\n\r\t $`";
        while (texts.size() < count) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i >= 0; i--) {
                switch (random.nextInt(5)) {
                    case 0 -> text.append(pieces.charAt(random.nextInt(pieces.length())));
                    case 1 -> text.append((char) random.nextInt(0x100));
                    case 2 -> text.append((char) random.nextInt(0xd800));
                    case 3 -> text.append((char) (0xe000 + random.nextInt(0x2000)));
                    default -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                }
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private AirflowPython python() {
        return new AirflowPython(folder, Duration.ofMinutes(FULL ? 60 : 5));
    }

    private static String json(Object value) {
        return JsonCodec.camelCase().text(value);
    }

    @Test
    @Proves("airflow.literals")
    void literal_anyText_isReadBackExactly() throws Exception {
        List<String> texts = texts(SAMPLE);
        Path literals = folder.resolve("literals.txt");
        Files.write(literals, texts.stream().map(Python::text).toList(), StandardCharsets.US_ASCII);
        Path expected = Files.writeString(folder.resolve("expected.json"), json(texts));

        Map<String, Object> said =
                python().run(Dialect.V3_3, Map.of(), "-c", """
                import ast, json, sys
                expected = json.load(open(sys.argv[2], encoding='utf-8'))
                found = [ast.literal_eval(line) for line in open(sys.argv[1], encoding='ascii')]
                wrong = [ascii(e) for e, f in zip(expected, found) if e != f]
                print(json.dumps({'count': len(found), 'wrong': wrong[:20]}))
                """, literals.toString(), expected.toString());

        assertThat(said).isEqualTo(Map.of("count", texts.size(), "wrong", List.of()));
    }

    @Test
    @Proves("airflow.literals")
    void dag_anyTextAtAnyPlace_arrivesExactlyAfterTemplating() throws Exception {
        Map<String, Object> expected = new LinkedHashMap<>();
        List<String> texts = texts(FULL ? 20_000 : 200);
        for (int i = 0; i < texts.size(); i += 50) {
            write(texts.subList(i, Math.min(texts.size(), i + 50)), "literals_" + i / 50, expected);
        }

        Map<String, Object> said = python().check(Dialect.V3_3, expected);

        assertThat(said.get("errors")).isEqualTo(Map.of());
        assertThat(said.get("wrong")).isEqualTo(List.of());
        assertThat(said.get("checked")).isEqualTo(expected.size() * 8);
        assertThat(said.get("stable"))
                .as("each parse gives the same DAG, so that no new version is made")
                .isEqualTo(true);
    }

    @Test
    @Proves("airflow.render")
    void generatedDags_parsed_haveTheirTasksAndEdges() throws Exception {
        RandomDags random = new RandomDags(SEED);
        Map<String, Object> edges = new TreeMap<>();
        Map<String, Object> params = new LinkedHashMap<>();
        Files.createDirectories(folder.resolve("dags"));
        for (int i = 0; i < (FULL ? 1_000 : 60); i++) {
            Dag dag = random.dag("generated_" + i);
            Files.writeString(
                    folder.resolve("dags").resolve(dag.id() + ".py"),
                    dag.render(Dialect.V3_3).source());
            edges.put(
                    dag.id(),
                    new TreeSet<>(dag.edges().stream().map(Edge::toString).toList())
                            .stream().map(e -> List.of(e.split(" -> "))).toList());
            params.put(dag.id(), Map.of("", Map.of("params", dag.params())));
        }

        Map<String, Object> said = python().check(Dialect.V3_3, params);

        assertThat(said.get("errors")).isEqualTo(Map.of());
        assertThat(said.get("wrong")).isEqualTo(List.of());
        assertThat(sorted((Map<?, ?>) said.get("edges"))).isEqualTo(sorted(edges));
        assertThat(said.get("stable")).isEqualTo(true);
    }

    private static Map<String, List<String>> sorted(Map<?, ?> edges) {
        Map<String, List<String>> sorted = new TreeMap<>();
        edges.forEach((dag, list) -> sorted.put(
                String.valueOf(dag),
                ((List<?>) list).stream().map(String::valueOf).sorted().toList()));
        return sorted;
    }

    private void write(List<String> texts, String dagId, Map<String, Object> expected) throws Exception {
        Map<String, Object> named = new LinkedHashMap<>();
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            named.put("key " + i, texts.get(i));
            if (texts.get(i).indexOf('\0') < 0) {
                variables.put("V" + i, texts.get(i));
            }
        }
        String all = String.join("|", texts);
        String command = "echo " + all.replace("\0", "");
        Dag dag = Dag.builder(dagId)
                .description(all)
                .doc("# " + all)
                .params(named)
                .bash("bash", b -> {
                    b.command(command);
                    variables.forEach(b::putEnv);
                })
                .python("python", b -> b.code("pass").putArgument("all", texts).putArgument("named", named))
                .pod("pod", b -> {
                    b.image("i").args(texts).doc(all + ".md");
                    variables.forEach(b::putEnv);
                })
                .build();
        python().write(dag, Dialect.V3_3);
        expected.put(
                dagId,
                Map.of(
                        "", Map.of("description", all, "doc_md", "# " + all, "params", named),
                        "bash", Map.of("bash_command", command, "env", variables),
                        "python", Map.of("op_kwargs", Map.of("all", texts, "named", named)),
                        "pod", Map.of("pod_template_dict", pod(texts, variables), "doc_md", all + ".md\n")));
    }

    private static Map<String, Object> pod(List<String> args, Map<String, String> variables) {
        List<Object> env = new ArrayList<>();
        variables.forEach((name, value) -> env.add(Map.of("name", name, "value", value)));
        return Map.of(
                "apiVersion", "v1",
                "kind", "Pod",
                "spec", Map.of("containers", List.of(Map.of("name", "main", "image", "i", "args", args, "env", env))));
    }

    private static Dag everything(Dialect dialect) {
        Dag.Builder dag = Dag.builder("everything")
                .description("all that this dialect has")
                .schedule(Schedule.cron("0 3 * * 1-5", ZoneId.of("Europe/Paris")))
                .startDate(LocalDate.of(2026, 1, 1))
                .addTags("ml", "nightly")
                .putParam("rows", 5)
                .maxActiveRuns(2)
                .retries(3, Duration.ofMinutes(2))
                .runTimeout(Duration.ofHours(4))
                .doc("# Title\nText")
                .bash(
                        "extract",
                        b -> b.command("echo {{ literal }}")
                                .putEnv("DAY", Template.of("{{ ds }}"))
                                .pool("default_pool")
                                .priorityWeight(3))
                .python(
                        "count",
                        b -> b.code("return rows")
                                .putArgument("rows", Template.param("rows"))
                                .retries(0)
                                .executionTimeout(Duration.ofMillis(90_500)))
                .empty("class")
                .chain("extract", "count", "class");
        dag.pod(
                        "train",
                        b -> b.image("trainer:1")
                                .gpu(Gpu.nvidia(2))
                                .putEnv("ROWS", TaskOutput.of("count"))
                                .deferrable(true)
                                .returnsOutput(true)
                                .keepsPod(true)
                                .startupTimeout(Duration.ofMinutes(10))
                                .connection("kubernetes_default")
                                .queue("gpu"))
                .addEdge("count", "train");
        for (TriggerRule rule : TriggerRule.values()) {
            if (rule != TriggerRule.ALL_DONE_MIN_ONE_SUCCESS || dialect.atLeast(Dialect.V3_1)) {
                dag.bash("rule-" + rule.word(), b -> b.command("true").triggerRule(rule))
                        .addEdge("class", "rule-" + rule.word());
            }
        }
        return dag.build();
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "V3_4", mode = EnumSource.Mode.EXCLUDE)
    @Proves("airflow.dialects")
    void render_eachDialect_isParsedByThatAirflow(Dialect dialect) throws Exception {
        Files.createDirectories(folder.resolve("dags"));
        List<Dag> dags = List.of(
                everything(dialect),
                Dag.builder("every")
                        .schedule(Schedule.every(Duration.ofSeconds(5400)))
                        .startDate(LocalDate.of(2026, 1, 1))
                        .empty("a")
                        .build(),
                Dag.builder("once")
                        .schedule(Schedule.once())
                        .startDate(LocalDate.of(2026, 1, 1))
                        .empty("a")
                        .build(),
                Dag.builder("continuous")
                        .schedule(Schedule.continuous())
                        .maxActiveRuns(1)
                        .startDate(LocalDate.of(2026, 1, 1))
                        .empty("a")
                        .build(),
                Dag.builder("none").build());
        for (Dag dag : dags) {
            python().write(dag, dialect);
        }

        Map<String, Object> said = python().check(
                        dialect, Map.of("everything", Map.of("extract", Map.of("bash_command", "echo {{ literal }}"))));

        assertThat(said.get("errors")).isEqualTo(Map.of());
        assertThat(said.get("dags")).isEqualTo(List.of("continuous", "every", "everything", "none", "once"));
        assertThat(said.get("wrong")).isEqualTo(List.of());
        assertThat(said.get("stable")).isEqualTo(true);
        assertThat(((Map<?, ?>) said.get("edges")).get("everything"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .contains(List.of("extract", "count"), List.of("count", "class"), List.of("class", "rule-one_done"));
    }
}
