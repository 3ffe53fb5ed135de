package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Mapping;
import dev.fairlead.airflow.dag.Operator;
import dev.fairlead.airflow.dag.Param;
import dev.fairlead.airflow.dag.TaskOutput;
import dev.fairlead.airflow.dag.Template;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.DagTestRun;
import dev.fairlead.testing.server.DagTester;
import dev.fairlead.testing.server.RealServers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DAGs run in a test, by Airflow's own Python and without a server. */
@RanOn("airflow 3.3.2")
class RealDagTesterIT {
    @RegisterExtension
    static final DagTester AIRFLOW = DagTester.airflow(AirflowServer.CURRENT);

    @RegisterExtension
    static final DagTester AIRFLOW_2 = DagTester.airflow(AirflowServer.LAST_2);

    @BeforeAll
    static void airflowIsThere() {
        for (RealServers.Kind kind : List.of(RealServers.Kind.AIRFLOW, RealServers.Kind.AIRFLOW_2)) {
            RealServers.skipped(kind).ifPresent(reason -> Assumptions.abort(reason));
        }
    }

    private static Dag scoring(String command) {
        return Dag.builder("scoring")
                .putParam("rows", Param.of(1).minimum(1))
                .bash("train", "exit 7") // a pod elsewhere
                .python("rows", p -> p.code("return [context['params']['rows'], 5]"))
                .python(
                        "score",
                        p -> p.code("return row * 2")
                                .mapping(Mapping.over("row", TaskOutput.listOf("rows", Integer.class))))
                .bash("report", b -> b.command(Template.of(command)))
                .chain("train", "rows", "score", "report")
                .build();
    }

    @Test
    @Proves("airflow.dag-test")
    void test_dagThatIsRight_succeedsWithItsOutputs_inBothGenerations() {
        for (DagTester airflow : List.of(AIRFLOW, AIRFLOW_2)) {
            DagTestRun run = airflow.test(
                    scoring("echo {{ ds }} {{ var.value.greeting }}"),
                    t -> t.conf(Map.of("rows", 3))
                            .assume("train")
                            .variable("greeting", "hello")
                            .logicalDate(Instant.parse("2026-01-31T00:00:00Z")));

            assertThat(run.state()).as(run.log()).isEqualTo(DagRunState.SUCCESS);
            assertThat(run.task("train").output()).isEmpty();
            assertThat(run.task("rows").output()).hasValue(List.of(3, 5));
            assertThat(run.mapped("score"))
                    .extracting(DagTestRun.Task::output)
                    .containsExactly(Optional.of(6), Optional.of(10));
            assertThat(run.task("report").output()).hasValue("2026-01-31 hello");
        }
    }

    @Test
    @Proves("airflow.dag-test")
    void test_dagThatIsWrong_failsAsWritten_andTellsWhere() {
        DagTestRun run = AIRFLOW.test(
                scoring("echo no more; exit 9"), t -> t.conf(Map.of("rows", 3)).assume("train"));

        assertThat(run.state()).isEqualTo(DagRunState.FAILED);
        assertThat(run.task("report").state()).isEqualTo(TaskState.FAILED);
        assertThat(run.task("rows").state()).isEqualTo(TaskState.SUCCESS);
        assertThat(run.log()).contains("no more");
        assertThatThrownBy(() -> AIRFLOW.test(scoring("true"), t -> t.conf(Map.of("rows", 0))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("rows");
        assertThatThrownBy(() -> run.task("repart"))
                .hasMessageContaining("no task 'repart'")
                .hasMessageContaining("report");
    }

    @Test
    @Proves("airflow.dag-test")
    void test_fileThatAirflowCannotImport_isAnAssertionErrorWithItsWords() {
        Operator missing = Operator.of("nowhere.to.be.found", "Nothing", "", List.of(), List.of());

        assertThatThrownBy(() -> AIRFLOW.test(
                        Dag.builder("broken").operator("x", missing, o -> {}).build()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cannot import")
                .hasMessageContaining("No module named 'nowhere'");
    }
}
