package dev.fairlead.contract.airflow;

import static dev.fairlead.contract.airflow.AirflowContract.PARSED;
import static dev.fairlead.contract.airflow.AirflowContract.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagFileState;
import dev.fairlead.airflow.DagInfo;
import dev.fairlead.airflow.DagPlan;
import dev.fairlead.airflow.DagVersion;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.support.Proves;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds of every delivery: that it is seen before, confirmed after, refused where somebody's work would be lost, and taken back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlanContract {
    /** A server, and somebody who changes files there. */
    interface Place extends AutoCloseable {
        AirflowClient client();

        /** Changes the file of a DAG where the server reads it. */
        void edit(String dagId, UnaryOperator<String> change);

        @Override
        void close();
    }

    private final Dag planned = instant("planned", "b");
    private final Dag edited = instant("edited", "b");
    private final Dag forgotten = instant("forgotten", "b");
    private Place place;
    private AirflowClient airflow;

    abstract Place open();

    private static String id(String name) {
        return AirflowContract.id("d_" + name);
    }

    private static Dag instant(String name, String second) {
        return Dag.builder(id(name))
                .empty("a")
                .empty(second)
                .addEdge("a", second)
                .build();
    }

    @BeforeAll
    void deliver() {
        place = open();
        airflow = place.client();
        Stream.of(planned, edited, forgotten)
                .map(dag -> airflow.dags().deploy(dag))
                .toList()
                .forEach(d -> d.await(PARSED));
        Stream.of(planned, forgotten)
                .map(dag -> airflow.runs().trigger(dag.id(), t -> t.runId("first")))
                .toList()
                .forEach(r -> r.await(RUN));
    }

    @AfterAll
    void leave() {
        if (place != null) {
            airflow.dags().undeploy(planned.id());
            airflow.dags().undeploy(edited.id());
            place.close();
        }
    }

    private List<String> tasksOf(String runId) {
        return airflow.runs().tasks(planned.id(), runId).stream()
                .map(TaskInstance::taskId)
                .sorted()
                .toList();
    }

    @Test
    @Proves({"airflow.plan", "airflow.deploy-confirmed", "airflow.rollback"})
    void deploy_change_isPlanned_confirmedWhenRunsHaveIt_andRolledBack() {
        Dag changed = Dag.builder(planned.id())
                .empty("a")
                .empty("c")
                .bash("b", b -> b.command("echo").retries(2))
                .chain("a", "c", "b")
                .build();
        assertThat(airflow.dags().plan(planned).isEmpty()).isTrue();
        DagPlan plan = airflow.dags().plan(changed);
        assertThat(plan.file()).isEqualTo(DagFileState.OLDER);
        assertThat(plan.live()).isEqualTo(DagFileState.OLDER);
        assertThat(plan.toString())
                .contains(planned.id() + " at ")
                .contains("\n  + task c (EmptyOperator)")
                .contains("\n  ~ task b: EmptyOperator -> BashOperator")
                .contains("\n  + task b.retries: 2")
                .contains("\n  + edge a >> c")
                .contains("\n  + edge c >> b")
                .contains("\n  - edge a >> b");

        DeployedDag first = airflow.dags().deploy(changed).await(PARSED);

        assertThat(airflow.dags().plan(changed).toString()).endsWith("nothing to change");
        assertThat(first.version()).hasValue(2);
        assertThat(first.bundleVersion()).isEmpty();
        airflow.runs().trigger(planned.id(), t -> t.runId("second"));
        assertThat(tasksOf("second")).containsExactly("a", "b", "c");
        assertThat(airflow.dags().versions(planned.id()).stream())
                .extracting(DagVersion::number)
                .containsExactly(2, 1);
        String before = airflow.dags().source(planned.id(), 1);

        airflow.dags().rollback(planned.id(), 1).await(PARSED);

        assertThat(airflow.dags().source(planned.id())).hasValue(before);
        assertThat(airflow.dags().plan(planned).isEmpty()).isTrue();
        airflow.runs().trigger(planned.id(), t -> t.runId("third"));
        assertThat(tasksOf("third")).containsExactly("a", "b");
        assertThatThrownBy(() -> airflow.dags().rollback(planned.id(), 77)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> airflow.dags().rollback(planned.id(), "a1b2c3"))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining("holds no file of DAG " + planned.id() + " at 'a1b2c3'");
    }

    @Test
    @Proves({"airflow.hand-edit", "airflow.plan"})
    void deploy_fileChangedByHand_isRefusedUntilOverwritten() {
        place.edit(edited.id(), text -> text.replace("task_id=\"b\"", "task_id=\"z\""));
        Dag next = edited.with(d -> d.description("next"));

        DagPlan plan = airflow.dags().plan(next);
        assertThat(plan.file()).isEqualTo(DagFileState.EDITED);
        assertThat(plan.needsOverwrite()).isTrue();
        assertThat(plan.toString())
                .contains("+ description: \"next\"")
                .contains("- task z (EmptyOperator)")
                .contains("! the file was changed by hand");
        assertThatThrownBy(() -> airflow.dags().deploy(next))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining("was changed by hand since Fairlead wrote it")
                .hasMessageContaining("overwrite it");
        assertThatThrownBy(() -> airflow.dags().undeploy(edited.id())).isInstanceOf(DagFileException.class);

        airflow.dags().overwrite(next).await(PARSED);

        assertThat(airflow.dags().plan(next).isEmpty()).isTrue();
        assertThat(airflow.dags().get(edited.id()).description()).hasValue("next");
    }

    @Test
    @Proves("airflow.undeploy")
    void undeployAndForget_leavesNothing() {
        assertThat(airflow.dags().undeployAndForget(forgotten.id()).await(PARSED))
                .isTrue();

        assertThat(airflow.dags().find(forgotten.id())).isEqualTo(Optional.<DagInfo>empty());
        assertThatThrownBy(() -> airflow.runs().get(forgotten.id(), "first")).isInstanceOf(NotFoundException.class);
        assertThat(airflow.dags().undeployAndForget(forgotten.id()).await(PARSED))
                .isFalse();
        assertThat(airflow.dags().plan(forgotten).file()).isEqualTo(DagFileState.ABSENT);
    }
}
