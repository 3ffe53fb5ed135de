package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunFailedException;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.dag.Argument;
import dev.fairlead.airflow.dag.Asset;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.RetryRule;
import dev.fairlead.airflow.dag.Schedule;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What becomes of groups, mapped tasks, set-ups, assets and retry rules when a real Airflow schedules them. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealModelIT {
    private static final Argument<String> WORD = Argument.of("word", String.class);
    private static final TaskOutput<List<String>> WORDS = TaskOutput.listOf("read.split", String.class);
    private static final Asset ASSET = Asset.of(id("asset"), "s3://contract/" + id("asset"));

    private RealAirflow place;
    private AirflowClient airflow;
    private final Map<String, Operation<DeployedDag>> deliveries = new LinkedHashMap<>();
    private Operation<DagRun> mapped;
    private Operation<DagRun> broken;

    private static String id(String name) {
        return AirflowContract.id("model_" + name);
    }

    @BeforeAll
    void deliver() {
        place = RealAirflow.of(RealServers.airflow());
        airflow = place.client().build();
        for (Dag dag : List.of(mappedDag(), brokenDag(), consumer())) {
            deliveries.put(dag.id(), airflow.dags().deploy(dag));
        }
        deliveries.values().forEach(d -> d.await(AirflowContract.PARSED));
        mapped = airflow.runs().trigger(id("mapped"), t -> t.runId("first"));
        broken = airflow.runs().trigger(id("broken"), t -> t.runId("first"));
    }

    @AfterAll
    void leave() {
        if (place != null) {
            deliveries.keySet().forEach(dag -> airflow.dags().undeploy(dag));
            place.close();
        }
    }

    private static Dag mappedDag() {
        return Dag.builder(id("mapped"))
                .group(
                        "read",
                        g -> g.python("split", p -> p.code("return ['one', '{{ 7*7 }}', 'r\u00e9sum\u00e9']"))
                                .group("inner", i -> i.empty("done"))
                                .chain("split", "inner"))
                .python(
                        "score",
                        p -> p.code("return word + mark")
                                .putArgument("mark", "{{ x }}!")
                                .mapping(Mapping.over(WORD, WORDS)))
                .python(
                        "said",
                        p -> p.code("return text")
                                .mapping(Mapping.over(
                                        Argument.of("text", Object.class),
                                        List.of("{{ 7*7 }}", Template.of("{{ 7*7 }}"), "run.sh"))))
                .python(
                        "pairs",
                        p -> p.code("return [left, right]")
                                .mapping(Mapping.zip(
                                        Map.of("left", WORDS, "right", TaskOutput.listOf("score", String.class)))))
                .python("table", p -> p.code("return [{'cell': '{{ 7*7 }}'}, {'cell': 2}]"))
                .python(
                        "cells",
                        p -> p.code("return context['cell']")
                                .mapping(Mapping.rows(new TaskOutput<>("table", TaskOutput.RETURN_VALUE))))
                .python(
                        "all",
                        p -> p.code(
                                        "return {'scores': list(scores), 'said': list(said), 'pairs': list(pairs), 'cells': list(cells)}")
                                .putArgument("scores", TaskOutput.of("score"))
                                .putArgument("said", TaskOutput.of("said"))
                                .putArgument("cells", TaskOutput.of("cells"))
                                .putArgument("pairs", TaskOutput.of("pairs")))
                .addEdge("read", "all")
                .build();
    }

    /** The work fails at once by a rule, although it has tries left; what was set up is taken away all the same, and the asset is updated. */
    private static Dag brokenDag() {
        return Dag.builder(id("broken"))
                .bash("create", b -> b.command("true").setup().addOutlets(ASSET))
                .python(
                        "work",
                        p -> p.code("raise ValueError('not today')")
                                .retries(3, Duration.ofMinutes(30))
                                .addRetryRules(
                                        RetryRule.fail("builtins.ValueError").because("hopeless")))
                .bash("drop", b -> b.command("true").teardownOf("create"))
                .chain("create", "work", "drop")
                .build();
    }

    private static Dag consumer() {
        return Dag.builder(id("consumer"))
                .schedule(Schedule.assets(ASSET))
                .empty("a")
                .build();
    }

    private Map<String, List<TaskInstance>> tasks(String dag) {
        return airflow.runs().tasks(dag, "first").stream().collect(Collectors.groupingBy(TaskInstance::taskId));
    }

    @Test
    @Proves({"airflow.mapping", "airflow.groups", "airflow.typed-outputs"})
    void mappedTasks_run_oneInstanceForEachElementAndTypedOutputs() {
        mapped.await(AirflowContract.RUN);

        Map<String, List<TaskInstance>> tasks = tasks(id("mapped"));
        assertThat(tasks.keySet())
                .containsExactlyInAnyOrder(
                        "read.split", "read.inner.done", "score", "said", "pairs", "table", "cells", "all");
        assertThat(tasks.get("score")).hasSize(3);
        assertThat(tasks.get("said")).hasSize(3);
        assertThat(tasks.get("pairs")).hasSize(3);
        assertThat(airflow.runs().output(id("mapped"), "first", "all"))
                .contains(Map.of(
                        "scores", List.of("one{{ x }}!", "{{ 7*7 }}{{ x }}!", "r\u00e9sum\u00e9{{ x }}!"),
                        "said", List.of("{{ 7*7 }}", "49", "run.sh"),
                        "cells", List.of("{{ 7*7 }}", 2),
                        "pairs",
                                List.of(
                                        List.of("one", "one{{ x }}!"),
                                        List.of("{{ 7*7 }}", "{{ 7*7 }}{{ x }}!"),
                                        List.of("r\u00e9sum\u00e9", "r\u00e9sum\u00e9{{ x }}!"))));
    }

    @Test
    @Proves({"airflow.setup-teardown", "airflow.retry-rules"})
    void brokenWork_failsByItsRule_teardownRunsAllTheSame() {
        DagRunFailedException failed =
                catchThrowableOfType(DagRunFailedException.class, () -> broken.await(AirflowContract.RUN));

        assertThat(failed).hasMessageContaining("task 'work' failed on try 1").hasMessageContaining("not today");
        Map<String, List<TaskInstance>> tasks = tasks(id("broken"));
        assertThat(tasks.get("work").get(0).tryNumber()).isEqualTo(1);
        assertThat(tasks.get("drop").get(0).state().value()).isEqualTo("success");
    }

    @Test
    @Proves("airflow.assets")
    void asset_updatedByATask_startsWhoWaitsForIt() {
        catchThrowableOfType(DagRunFailedException.class, () -> broken.await(AirflowContract.RUN));

        DagRun run = Eventually.get(
                "a run of the consumer",
                AirflowContract.RUN,
                () -> airflow.runs().list(id("consumer")).stream().findFirst());

        assertThat(run.dagId()).isEqualTo(id("consumer"));
        assertThat(airflow.runs()
                        .operation(run.dagId(), run.id())
                        .await(AirflowContract.RUN)
                        .state()
                        .value())
                .isEqualTo("success");
    }
}
