package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagRun;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.InvalidParamException;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.TaskLogLine;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.support.Proves;
import dev.fairlead.testing.server.AirflowServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How the instances of a mapped task are read, in a DAG that a colleague wrote in Python. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MappedContract {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String DAG = """
            from datetime import datetime

            try:
                from airflow.sdk import Param, dag, task
            except ImportError:
                from airflow.decorators import dag, task
                from airflow.models.param import Param


            @dag(dag_id="mapped_by_hand", schedule=None, start_date=datetime(2025, 1, 1), is_paused_upon_creation=False,
                 params={"rows": Param(5, type="integer", minimum=1)})
            def flow():
                @task
                def double(x):
                    for i in range(3):
                        print(f"doubling-{x}-{i}")
                    return {"rows": x * 2}

                double.expand(x=[1, 2, 3])


            flow()
            """;

    private AirflowServer server;
    private AirflowClient airflow;
    private Operation<DagRun> run;
    private final List<TaskLogLine> told = new ArrayList<>();

    /** What an instance returns. */
    record Doubled(int rows) {}

    abstract AirflowServer open();

    private Path file() {
        return server.dags().resolve("mapped_by_hand.py");
    }

    @BeforeAll
    void write() throws Exception {
        server = open();
        airflow = AirflowClient.builder()
                .uri(server.uri())
                .endpoint(e -> e.basic(server.admin().name(), server.admin().password()))
                .build();
        Path next = server.dags().resolveSibling("mapped_by_hand.new");
        Files.writeString(next, DAG);
        Files.move(next, file());
        Eventually.get("the DAG is parsed", LIMIT, () -> airflow.dags().find("mapped_by_hand"));
        run = airflow.runs().trigger("mapped_by_hand", t -> t.runId("first").putConf("rows", 7));
        airflow.runs().followLog("mapped_by_hand", "first", "double", told::add).await(LIMIT);
        run.await(LIMIT);
    }

    @AfterAll
    void remove() throws IOException {
        if (server != null) {
            Files.deleteIfExists(file());
        }
    }

    @Test
    @Proves("airflow.log-follow")
    void followLog_ofAMappedTask_tellsEachInstanceInOrder() {
        for (int index = 0; index < 3; index++) {
            int wanted = index;
            int x = index + 1;
            assertThat(told.stream()
                            .filter(l -> l.mapIndex() == wanted)
                            .map(TaskLogLine::text)
                            .filter(t -> t.startsWith("doubling-")))
                    .containsExactly("doubling-" + x + "-0", "doubling-" + x + "-1", "doubling-" + x + "-2");
        }
    }

    @Test
    @Proves("airflow.outputs-typed")
    void output_ofAMappedTask_isReadByInstance() {
        assertThat(airflow.runs().mappedOutput("mapped_by_hand", "first", "double"))
                .isEqualTo(Map.of(0, Map.of("rows", 2), 1, Map.of("rows", 4), 2, Map.of("rows", 6)));
        assertThat(airflow.runs().output("mapped_by_hand", "first", "double", 1, Doubled.class))
                .hasValue(new Doubled(4));
        assertThat(airflow.runs().outputs("mapped_by_hand", "first"))
                .containsEntry("double", List.of(Map.of("rows", 2), Map.of("rows", 4), Map.of("rows", 6)));
    }

    @Test
    @Proves("airflow.runs")
    void task_ofAMappedTask_isReadByInstance() {
        TaskInstance one = airflow.runs().task("mapped_by_hand", "first", "double", 1);
        assertThat(one.mapIndex()).isEqualTo(1);
        assertThat(one.state()).isEqualTo(TaskState.SUCCESS);
        assertThat(one).hasToString("double[1] success, try 1 of 1");
        assertThat(airflow.runs().tries("mapped_by_hand", "first", "double", 2)).hasSize(1);
        assertThat(airflow.runs().logs("mapped_by_hand", "first", "double", 2))
                .singleElement()
                .satisfies(
                        log -> assertThat(log.text()).contains("doubling-3-2").doesNotContain("doubling-1"));
        assertThatThrownBy(() -> airflow.runs().task("mapped_by_hand", "first", "double"))
                .isInstanceOf(NotFoundException.class);
        assertThat(run.await(LIMIT).state()).isEqualTo(DagRunState.SUCCESS);
    }

    @Test
    @Proves("airflow.clear-preview")
    void preview_oneInstance_isThatOne() {
        if (airflow.server().atLeast(3, 0)) {
            assertThat(airflow.runs().preview("mapped_by_hand", "first", c -> c.putMapped("double", List.of(1))))
                    .extracting(TaskInstance::mapIndex)
                    .containsExactly(1);
        } else {
            assertThatThrownBy(() ->
                            airflow.runs().preview("mapped_by_hand", "first", c -> c.putMapped("double", List.of(1))))
                    .isInstanceOf(UnsupportedByServerException.class);
        }
        assertThat(airflow.runs().preview("mapped_by_hand", "first", c -> c.addTaskIds("double")))
                .hasSize(3);
    }

    @Test
    @Proves("airflow.params")
    void trigger_paramOfTheWrongKind_isNamedByTheServer() {
        assertThatThrownBy(() -> airflow.runs().trigger("mapped_by_hand", t -> t.putConf("rows", "many")))
                .isInstanceOfSatisfying(InvalidParamException.class, e -> {
                    assertThat(e.param()).isEqualTo("rows");
                    assertThat(e.rule().orElseThrow()).contains("is not of type 'integer'");
                })
                .hasMessageContaining("its param 'rows'")
                .hasMessageNotContaining("many");
    }
}
