package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@RanOn("s3proxy 4.1.0")
class RealS3DeliveryIT extends PublisherContract {
    private static S3Server s3;
    private static MlPlatform platform;

    @BeforeAll
    static void start() throws IOException {
        Path classPath = Path.of(System.getProperty("fairlead.root"), "s3-server", "target", "classpath.txt");
        s3 = S3Server.builder(Files.readString(classPath).strip()).start();
        s3.createBucket("airflow");
        platform = MlPlatform.builder()
                .withoutKubernetes()
                .setting("s3.endpoint", s3.uri().toString())
                .setting("s3.access-key", "any")
                .setting("s3.secret-key", "any")
                .build();
    }

    @AfterAll
    static void end() {
        if (s3 != null) {
            platform.close();
            s3.close();
        }
    }

    @Override
    DagPublisher open() {
        return DagPublisher.open(platform, "s3://airflow/team/dags/");
    }

    @Override
    void write(String fileName, String text) {
        Path file = s3.files("airflow").resolve("team/dags").resolve(fileName);
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

        assertThat(s3.files("airflow").resolve("team/dags").resolve(dag.fileName()))
                .hasContent(dag.source());
        assertThat(open().location()).isEqualTo("s3://airflow/team/dags");
        assertThatThrownBy(
                        () -> DagPublisher.open(platform, "s3://nowhere/dags").publish(dag))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> DagPublisher.open(platform, "s3:///dags"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("s3://bucket/dags");
    }
}
