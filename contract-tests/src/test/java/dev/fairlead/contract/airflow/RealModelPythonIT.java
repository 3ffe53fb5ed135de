package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.dag.Argument;
import dev.fairlead.airflow.dag.Asset;
import dev.fairlead.airflow.dag.AssetCondition;
import dev.fairlead.airflow.dag.Callback;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DeadlineAlert;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.Param;
import dev.fairlead.airflow.dag.RetryRule;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.TaskContainer;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Airflow's own Python reads groups, mapped tasks, schedules by assets, parameters, callbacks and deadlines. No server is needed for it. */
@RanOn("airflow 3.3.2")
class RealModelPythonIT {
    private static final int SAMPLE = "full".equals(System.getProperty("fairlead.campaign")) ? 1_000 : 40;
    private static final long SEED = Long.getLong("fairlead.seed", 20_260_301L);
    private static final Asset FLIGHTS = Asset.of("flights", "s3://flights/raw").extra("rows", 5);

    private record Settings(int rows, double rate, List<String> tags, LocalDate day) {}

    @TempDir
    Path folder;

    @BeforeAll
    static void airflowIsThere() {
        RealServers.skipped(RealServers.Kind.AIRFLOW)
                .ifPresent(reason -> Assumptions.abort("Airflow 3.3.2 does not run here: " + reason));
    }

    private void parse(Dialect dialect, List<Dag> dags) throws Exception {
        AirflowPython python = new AirflowPython(folder, Duration.ofMinutes(20));
        for (Dag dag : dags) {
            python.write(dag, dialect);
        }

        Map<String, Object> said = python.check(dialect, Map.of());

        assertThat(said.get("errors")).isEqualTo(Map.of());
        assertThat(said.get("dags"))
                .isEqualTo(dags.stream().map(Dag::id).sorted().toList());
        assertThat(said.get("stable")).isEqualTo(true);
        Map<?, ?> edges = (Map<?, ?>) said.get("edges");
        for (Dag dag : dags) {
            assertThat(edges.get(dag.id()))
                    .as(dag.render(dialect).source())
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactlyInAnyOrderElementsOf(dag.taskIds().stream()
                            .flatMap(up -> dag.downstream(up).stream().map(down -> List.of(up, down)))
                            .toList());
        }
    }

    private static Map<String, Schedule> schedules(Dialect dialect) {
        Map<String, Schedule> schedules = new LinkedHashMap<>(Map.of(
                "one", Schedule.assets(Asset.of("s3://x/y")),
                "all", Schedule.assets(FLIGHTS, AssetCondition.any(Asset.of("s3://b/c"), Asset.of("plain"))),
                "any", Schedule.anyAsset(FLIGHTS, Asset.of("plain")),
                "either", Schedule.assetsOrTime(FLIGHTS, Schedule.cron("0 3 * * *", ZoneId.of("Europe/Paris"))),
                "intervals", Schedule.intervals("0 3 * * *", ZoneId.of("Europe/Paris"))));
        if (dialect.atLeast(Dialect.V3_2)) {
            schedules.put("cron-partitions", Schedule.cronPartitions("0 3 * * *", ZoneId.of("UTC")));
            schedules.put("partitions", Schedule.partitions(FLIGHTS));
        }
        return schedules;
    }

    private static Dag settings(String id, Schedule schedule, Dialect dialect) {
        Dag.Builder dag = Dag.builder(id)
                .schedule(schedule)
                .startDate(LocalDate.of(2026, 1, 1))
                .endDate(Instant.parse("2027-01-01T00:00:00Z"))
                .owner("ml")
                .maxActiveTasks(3)
                .failFast(true)
                .params(new Settings(5, 0.5, List.of("{{ x }}"), LocalDate.of(2026, 1, 1)))
                .putParam(
                        "limit",
                        Param.of(5)
                                .minimum(1)
                                .maximum(9)
                                .description("how many")
                                .title("Limit"))
                .addOnFailure(
                        Callback.python("print(context['run_id'])"),
                        Callback.email("a@example.org", "failed {{ x }}").subject(Template.of("{{ dag.dag_id }}")))
                .bash(
                        "work",
                        b -> b.command("true")
                                .addOutlets(Asset.of("s3://o/p"))
                                .addInlets(FLIGHTS)
                                .retryBackoff(2)
                                .maxRetryDelay(Duration.ofHours(1))
                                .poolSlots(2)
                                .maxActive(4)
                                .maxActivePerRun(2)
                                .dependsOnPast(true)
                                .addOnFailure(Callback.python("print('failed')"), Callback.slack("#ml", "{{ no }}"))
                                .addOnSuccess(Callback.email("a@example.org", "ok {{ 7*7 }}"))
                                .addOnRetry(Callback.python("pass"))
                                .addOnExecute(Callback.python("pass")));
        if (dialect.atLeast(Dialect.V3_1)) {
            dag.addDeadlines(DeadlineAlert.afterQueued(Duration.ofMinutes(5), Callback.email("a@example.org", "late")));
        }
        if (dialect.atLeast(Dialect.V3_3)) {
            dag.bash(
                    "ruled",
                    b -> b.command("true")
                            .retries(3)
                            .addRetryRules(
                                    RetryRule.fail("builtins.ValueError").because("hopeless"),
                                    RetryRule.retry(Duration.ofMinutes(1), "builtins.OSError")));
        }
        return dag.build();
    }

    /** A group that is left and gone on with, every way of mapping, and a set-up inside a group. */
    private static Dag structure() {
        TaskOutput<List<String>> words = TaskOutput.listOf("read.split", String.class);
        return Dag.builder("structure")
                .group(
                        "read",
                        g -> g.tooltip("reads \"it\" all")
                                .python("split", p -> p.code("return ['a']"))
                                .python("again", p -> p.code("return x").putArgument("x", TaskOutput.of("between")))
                                .group(
                                        "inner",
                                        i -> i.prefixesIds(false)
                                                .empty("x")
                                                .empty("y")
                                                .chain("x", "y")))
                .python("between", p -> p.code("return x").putArgument("x", TaskOutput.of("read.split")))
                .python(
                        "score",
                        p -> p.code("return word")
                                .putArgument("rate", 0.5)
                                .mapping(Mapping.over(Argument.of("word", String.class), words)))
                .bash(
                        "each",
                        b -> b.mapping(Mapping.over("command", List.of("true", "{{ x }}"))
                                .and("env", List.of(Map.of("A", "1")))))
                .python("zipped", p -> p.code("return a").mapping(Mapping.zip(Map.of("a", words, "b", words))))
                .python(
                        "rows",
                        p -> p.code("return a").mapping(Mapping.rows(List.of(Map.of("a", 1), Map.of("a", "{{ 2 }}")))))
                .group(
                        "cluster",
                        g -> g.bash("create", b -> b.command("true").setup())
                                .bash("use", "true")
                                .bash("drop", b -> b.command("true").teardownOf("create"))
                                .chain("create", "use", "drop"))
                .addEdge("read", "each", "when read")
                .chain("each", "cluster", "zipped")
                .build();
    }

    @ParameterizedTest
    @EnumSource(value = Dialect.class, names = "V3_4", mode = EnumSource.Mode.EXCLUDE)
    @Proves({"airflow.dialects", "airflow.groups", "airflow.mapping", "airflow.callbacks", "airflow.deadlines"})
    void model_eachDialect_isParsedWithItsEdges(Dialect dialect) throws Exception {
        List<Dag> dags = new ArrayList<>(List.of(structure()));
        schedules(dialect).forEach((id, schedule) -> dags.add(settings(id, schedule, dialect)));

        parse(dialect, dags);
    }

    @Test
    @Proves("airflow.groups")
    void randomGroups_parsed_haveTheEdgesThatWeReckoned() throws Exception {
        Random random = new Random(SEED);
        List<Dag> dags = new ArrayList<>();
        for (int i = 0; i < SAMPLE; i++) {
            Dag.Builder dag = Dag.builder("groups_" + i);
            fill(dag, random, 0);
            dags.add(dag.build());
        }

        parse(Dialect.V3_3, dags);
    }

    /** Tasks and groups by turns, with edges from earlier ones to later ones, so that no circle comes of it. */
    private static <B extends TaskContainer.Builder<B>> void fill(B container, Random random, int depth) {
        List<String> ids = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String id = "n" + i;
            if (depth < 3 && random.nextInt(3) == 0) {
                container.group(id, g -> fill(g, random, depth + 1));
            } else {
                container.empty(id);
            }
            for (String before : ids) {
                if (random.nextInt(2) == 0) {
                    container.addEdge(before, id);
                }
            }
            ids.add(id);
        }
    }
}
