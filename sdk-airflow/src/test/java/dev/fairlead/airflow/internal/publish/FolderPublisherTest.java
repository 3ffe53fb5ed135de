package dev.fairlead.airflow.internal.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPublisherTest {
    @TempDir
    Path root;

    private Path folder;
    private DagPublisher publisher;

    @BeforeEach
    void open() {
        folder = root.resolve("dags");
        publisher = DagPublisher.folder(folder);
    }

    private static RenderedDag dag(String description) {
        return Dag.builder("flights")
                .description(description)
                .empty("a")
                .build()
                .render(Dialect.V3_3);
    }

    @Test
    @Proves("airflow.publish-folder")
    void publish_newChangedAndSame_tellsWhetherAnythingChanged() throws IOException {
        assertThat(publisher.publish(dag("one")).changed()).isTrue();
        assertThat(publisher.publish(dag("one")).changed()).isFalse();
        assertThat(publisher.publish(dag("two")).changed()).isTrue();

        assertThat(folder.resolve("flights.py")).hasContent(dag("two").source());
        assertThat(publisher.current("flights")).hasValue(dag("two").source());
        assertThat(publisher.location()).isEqualTo(folder.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("flights.py"))))
                .isEqualTo("rw-r--r--");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("nothing else is left behind").hasSize(1);
        }
    }

    @Test
    @Proves("airflow.publish-folder")
    void publish_againAndAgain_isNeverSeenByHalf() throws Exception {
        RenderedDag shorter = dag("one");
        RenderedDag longer = dag("two".repeat(100_000));
        publisher.publish(shorter);
        AtomicBoolean end = new AtomicBoolean();
        AtomicBoolean whole = new AtomicBoolean(true);
        Thread reader = new Thread(() -> {
            while (!end.get()) {
                try {
                    String seen = Files.readString(folder.resolve("flights.py"));
                    if (!seen.equals(shorter.source()) && !seen.equals(longer.source())) {
                        whole.set(false);
                    }
                } catch (IOException e) {
                    whole.set(false);
                }
            }
        });
        reader.start();
        for (int i = 0; i < 40; i++) {
            publisher.publish(i % 2 == 0 ? longer : shorter);
        }
        end.set(true);
        reader.join();
        assertThat(whole).isTrue();
    }

    @Test
    @Proves("airflow.hand-edit")
    void publish_fileChangedByHand_isRefusedAndLeft() throws IOException {
        publisher.publish(dag("one"));
        Path file = folder.resolve("flights.py");
        String edited = Files.readString(file).replace("\"one\"", "\"by hand\"");
        Files.writeString(file, edited);

        assertThatThrownBy(() -> publisher.publish(dag("two")))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining(file + " was changed by hand since Fairlead wrote it and is left as it is")
                .hasMessageContaining("take the change over into the Java program");
        assertThatThrownBy(() -> publisher.remove("flights")).isInstanceOf(DagFileException.class);
        assertThat(file).hasContent(edited);
    }

    @Test
    @Proves("airflow.hand-edit")
    void publish_foreignFile_isRefusedAndLeft() throws IOException {
        Path file = Files.createDirectories(folder).resolve("flights.py");
        Files.writeString(file, "from airflow.sdk import DAG\n");

        assertThatThrownBy(() -> publisher.publish(dag("one")))
                .isInstanceOfSatisfying(
                        DagFileException.class, e -> assertThat(e.file()).isEqualTo(file.toString()))
                .hasMessageContaining("was not written by Fairlead")
                .hasMessageContaining("give the DAG 'flights' another id");
        assertThatThrownBy(() -> publisher.remove("flights")).isInstanceOf(DagFileException.class);
        assertThat(file).hasContent("from airflow.sdk import DAG\n");

        String other = Dag.builder("other").build().render(Dialect.V3_3).source();
        Files.writeString(file, other);
        assertThatThrownBy(() -> publisher.publish(dag("one")))
                .hasMessageContaining("holds the DAG 'other', not 'flights'");
    }

    @Test
    @Proves("airflow.publish-folder")
    void remove_fileThereOrNot_tellsWhich() {
        publisher.publish(dag("one"));

        assertThat(publisher.remove("flights")).isTrue();
        assertThat(publisher.remove("flights")).isFalse();
        assertThat(publisher.current("flights")).isEmpty();
    }

    @Test
    @Proves("airflow.publish-folder")
    void publish_folderThatIsNone_saysWhichSetting() throws IOException {
        Files.writeString(folder, "a file");

        assertThatThrownBy(() -> publisher.publish(dag("one")))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining(folder.resolve("flights.py").toString())
                .hasMessageContaining("airflow.dags-dir must name a folder that this program may write");
    }

    @Test
    @Proves("airflow.publish-folder")
    void open_locationNobodyKnows_isRefused() {
        MlPlatform platform = MlPlatform.builder().withoutKubernetes().build();
        assertThat(DagPublisher.open(platform, folder.toString()).location()).isEqualTo(folder.toString());
        assertThat(DagPublisher.open(platform, "configmap://ml/dags").location())
                .isEqualTo("configmap://ml/dags");
        assertThatThrownBy(() -> DagPublisher.open(platform, "gs://bucket/dags"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'gs://bucket/dags'")
                .hasMessageContaining("nothing on the class path delivers DAGs to such a place");
        assertThatThrownBy(() -> DagPublisher.open(platform, "configmap://dags"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("write configmap://namespace/name");
    }
}
