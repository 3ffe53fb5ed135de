package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.Operation;
import dev.fairlead.airflow.AirflowClient;
import dev.fairlead.airflow.DagImportException;
import dev.fairlead.airflow.DagRunState;
import dev.fairlead.airflow.DeployedDag;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.AirflowServer;
import dev.fairlead.testing.server.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A bucket of a real S3 server, which a real Airflow reads as a bundle. */
@RanOn("airflow 3.3.2")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BucketSuite extends PublisherContract {
    static final String FOLDER = "s3://airflow/team/dags";

    private MlPlatform platform;
    private AirflowClient airflow;

    abstract AirflowServer server();

    /** The S3 server, whose {@link #FOLDER} Airflow reads. */
    abstract S3Server s3();

    private MlPlatform.Builder settings(MlPlatform.Builder builder) {
        return builder.withoutKubernetes()
                .setting("s3.endpoint", s3().uri().toString())
                .setting("s3.access-key", "any")
                .setting("s3.secret-key", "any");
    }

    @BeforeAll
    void connect() {
        platform = settings(MlPlatform.builder()).build();
        airflow = AirflowClient.builder()
                .uri(server().uri())
                .endpoint(e -> e.basic(server().admin().name(), server().admin().password()))
                .platform(p -> settings(p).setting("airflow.dags-dir", FOLDER).setting("airflow.python", "none"))
                .build();
    }

    @AfterAll
    void disconnect() {
        platform.close();
    }

    @Override
    DagPublisher open() {
        return DagPublisher.open(platform, FOLDER + "/");
    }

    @Override
    void write(String fileName, String text) {
        Path file = s3().files("airflow").resolve("team/dags").resolve(fileName);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Proves("airflow.publish-s3")
    void publish_isAnObjectOfTheBucket_andErrorsAreTyped() {
        RenderedDag dag = dag("object", "one");

        open().publish(dag);

        assertThat(s3().files("airflow").resolve("team/dags").resolve(dag.fileName()))
                .hasContent(dag.source());
        RenderedDag asLong = dag("object", "two");
        assertThat(open().publish(asLong).changed()).isTrue();
        assertThat(s3().files("airflow").resolve("team/dags").resolve(dag.fileName()))
                .as("a change that shows in its size")
                .hasContent(asLong.source() + "\n");
        assertThat(open().current(dag.dag().id())).hasValue(asLong.source());
        assertThat(open().publish(asLong).changed()).isFalse();
        assertThat(open().location()).isEqualTo("s3://airflow/team/dags");
        assertThatThrownBy(
                        () -> DagPublisher.open(platform, "s3://nowhere/dags").publish(dag))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> DagPublisher.open(platform, "s3:///dags"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("s3://bucket/dags");
    }

    @Test
    @Proves({"airflow.publish-s3", "airflow.deploy-confirmed", "airflow.import-error", "airflow.undeploy"})
    void deploy_throughABucket_isConfirmed_changedRefusedAndTakenAway() {
        Dag first = Dag.builder("bucketed").description("one").empty("a").build();
        Operation<DeployedDag> delivery = airflow.dags().deploy(first);
        Operation<DeployedDag> broken = airflow.dags()
                .deploy(Dag.builder("bucket_broken")
                        .python("train", t -> t.code("rows = [1, 2\nreturn rows"))
                        .build());
        DeployedDag deployed = delivery.await(AirflowContract.PARSED);
        assertThat(deployed.location()).isEqualTo(FOLDER);
        assertThat(deployed.bundleVersion()).isEmpty();
        assertThat(airflow.dags().plan(first).isEmpty()).isTrue();
        assertThatThrownBy(() -> broken.await(AirflowContract.PARSED))
                .isInstanceOf(DagImportException.class)
                .hasMessageContaining("task 'train', built at BucketSuite.java:")
                .hasMessageContaining("SyntaxError: '[' was never closed");

        // of the same length, and maybe in the same second
        Dag second = first.with(d -> d.description("two"));
        airflow.dags().deploy(second).await(AirflowContract.PARSED);

        assertThat(airflow.dags().get("bucketed").description()).hasValue("two");
        assertThat(airflow.runs()
                        .trigger("bucketed", t -> t.runId("first"))
                        .await(AirflowContract.RUN)
                        .state())
                .isEqualTo(DagRunState.SUCCESS);
        assertThat(airflow.dags().undeploy("bucketed").await(AirflowContract.PARSED))
                .isTrue();
    }
}
