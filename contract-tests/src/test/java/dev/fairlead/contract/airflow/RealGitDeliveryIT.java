package dev.fairlead.contract.airflow;

import static dev.fairlead.contract.airflow.AirflowContract.PARSED;
import static dev.fairlead.contract.airflow.AirflowContract.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.TaskInstance;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileVersion;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.error.OperationTimeoutException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.RealServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real Airflow that reads its DAGs from a git repository, as a bundle with versions, and whose DAG processor dies. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealGitDeliveryIT {
    @TempDir
    private static Path folder;

    private Path bare;
    private AirflowServer server;
    private AirflowClient airflow;

    private static Dag returning(String id, int rows) {
        return Dag.builder(id).python("count", p -> p.code("return " + rows)).build();
    }

    @BeforeAll
    void start() throws Exception {
        RealServers.skipped(RealServers.Kind.AIRFLOW).ifPresent(why -> Assumptions.abort(why));
        bare = folder.resolve("dags.git");
        Git.init()
                .setBare(true)
                .setDirectory(bare.toFile())
                .setInitialBranch("main")
                .call()
                .close();
        String uri = bare.toUri().toString();
        DagPublisher.git(uri, g -> g.branch("main").path("dags"))
                .publish(returning("first", 0).render(Dialect.V3_3));
        server = AirflowServer.builder()
                .env(
                        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST",
                        "[{\"name\": \"team\", \"classpath\": \"airflow.providers.git.bundles.git.GitDagBundle\", \"kwargs\": "
                                + "{\"repo_url\": \"" + uri + "\", \"tracking_ref\": \"main\", \"subdir\": \"dags\", "
                                + "\"refresh_interval\": 2}}]")
                .env("AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL", "30") // Airflow's own
                .start();
        airflow = AirflowClient.builder()
                .uri(server.uri())
                .endpoint(e -> e.basic(server.admin().name(), server.admin().password()))
                .platform(p -> p.setting("airflow.dags-dir", "git+" + uri + "?branch=main&path=dags"))
                .build();
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
    }

    private String head() throws Exception {
        try (Git git = Git.open(bare.toFile())) {
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

    @Test
    @Proves("airflow.wait-survives")
    void deploy_dagProcessorKilled_failsTypedWithinItsDeadline_andIsTakenUpAgain() {
        Operation<DeployedDag> delivery = airflow.dags().deploy(returning("survivor", 1));
        server.killPart("dag-processor");

        assertThatThrownBy(() -> delivery.await(Duration.ofSeconds(8)))
                .isInstanceOf(OperationTimeoutException.class)
                .hasMessageContaining("airflow parsing DAG survivor")
                .hasMessageContaining("the server has not seen the file yet");

        server.restartPart("dag-processor");
        DeployedDag deployed = airflow.dags().operation(delivery.id()).await(PARSED);
        assertThat(deployed.dagId()).isEqualTo("survivor");
        assertThat(airflow.dags().plan(returning("survivor", 1)).isEmpty()).isTrue();
    }
}
