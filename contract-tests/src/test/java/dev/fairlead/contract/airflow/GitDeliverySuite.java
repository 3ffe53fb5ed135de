package dev.fairlead.contract.airflow;

import static dev.fairlead.contract.airflow.AirflowContract.PARSED;
import static dev.fairlead.contract.airflow.AirflowContract.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileVersion;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real Airflow that reads its DAGs from a git repository, as a bundle with versions. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GitDeliverySuite {
    private AirflowClient airflow;

    /** The server, which stores a changed DAG only seconds after the change before, as Airflow does by itself after half a minute. */
    abstract AirflowServer server();

    /** The repository whose folder {@code dags} of the branch main it reads. */
    abstract Path repository();

    private static Dag returning(String id, int rows) {
        return Dag.builder(id).python("count", p -> p.code("return " + rows)).build();
    }

    @BeforeAll
    void connect() {
        airflow = RealPlacesIT.client(server(), "git+" + repository().toUri() + "?branch=main&path=dags");
    }

    private String head() throws Exception {
        try (Git git = Git.open(repository().toFile())) {
            return git.getRepository().resolve("refs/heads/main").name();
        }
    }

    private Object outputOf(String dagId, String runId) {
        airflow.runs().trigger(dagId, t -> t.runId(runId)).await(RUN);
        return airflow.runs().output(dagId, runId, "count").orElseThrow();
    }

    @Test
    @Proves({"airflow.publish-git", "airflow.deploy-confirmed", "airflow.rollback"})
    void deploy_throughGit_isConfirmedAtThePushedCommit_andRolledBackToOne() throws Exception {
        DeployedDag first = airflow.dags().deploy(returning("flights", 1)).await(PARSED);
        assertThat(first.bundleVersion()).hasValue(head());
        assertThat(airflow.dags().plan(returning("flights", 1)).isEmpty()).isTrue();
        assertThat(outputOf("flights", "one")).isEqualTo(1);

        // the server's own description of the DAG is the same: only code within a task is other
        DeployedDag second = airflow.dags().deploy(returning("flights", 2)).await(PARSED);
        assertThat(second.bundleVersion()).hasValue(head());
        assertThat(outputOf("flights", "two")).isEqualTo(2);

        List<DagFileVersion> versions = airflow.dags().fileVersions("flights");
        assertThat(versions)
                .extracting(DagFileVersion::message)
                .containsExactly("Change DAG flights", "Add DAG flights");
        DeployedDag back =
                airflow.dags().rollback("flights", versions.get(1).version()).await(PARSED);
        assertThat(back.sha256()).isEqualTo(first.sha256());
        assertThat(back.bundleVersion()).hasValue(head());
        assertThat(airflow.dags().fileVersions("flights")).hasSize(3);
        assertThat(outputOf("flights", "three")).isEqualTo(1);
    }

    @Test
    @Proves("airflow.deploy-confirmed")
    void deploy_changeWithinHalfAMinute_isConfirmedOnlyOnceRunsHaveIt() {
        Dag before = Dag.builder("hasty").empty("a").build();
        airflow.dags().deploy(before).await(PARSED);
        List<String> seen = new ArrayList<>();

        airflow.dags()
                .deploy(before.with(d -> d.empty("b")))
                .onProgress(p -> seen.add(p.detail()))
                .await(PARSED);

        assertThat(seen).contains("the server has read the file, and still schedules by the version before");
        airflow.runs().trigger("hasty", t -> t.runId("first"));
        assertThat(airflow.runs().tasks("hasty", "first").stream())
                .extracting(TaskInstance::taskId)
                .containsExactlyInAnyOrder("a", "b");
    }
}
