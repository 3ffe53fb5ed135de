package dev.fairlead.contract.airflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.DagFileException;
import dev.fairlead.airflow.dag.DagPublisher;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.spi.KubeAccess;
import dev.fairlead.spi.KubeAccess.Kind;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds of DAGs in a ConfigMap. */
abstract class ConfigMapContract extends PublisherContract {
    private MlPlatform platform;
    private KubeAccess kube;
    private String namespace;

    abstract Path kubeconfig();

    @BeforeEach
    void connect() {
        namespace = "dags-" + UUID.randomUUID().toString().substring(0, 8);
        platform = MlPlatform.builder().kubeconfig(kubeconfig()).build();
        kube = PlatformSpi.of(platform).kube();
        kube.create(Kind.NAMESPACE, Map.of("metadata", Map.of("name", namespace)));
    }

    @AfterEach
    void disconnect() {
        kube.delete(Kind.NAMESPACE, "", namespace);
        platform.close();
    }

    @Override
    DagPublisher open() {
        return DagPublisher.open(platform, "configmap://" + namespace + "/dags");
    }

    @Override
    void write(String fileName, String text) {
        kube.mergePatch(Kind.CONFIG_MAP, namespace, "dags", Map.of("data", Map.of(fileName, text)), "");
    }

    @Test
    @Proves("airflow.publish-configmap")
    void publish_leavesOtherEntries_andRefusesWhatDoesNotFit() {
        String picture = Base64.getEncoder().encodeToString(new byte[300_000]);
        kube.create(
                Kind.CONFIG_MAP,
                Map.of(
                        "metadata",
                        Map.of("namespace", namespace, "name", "dags", "labels", Map.of("team", "ml")),
                        "data",
                        Map.of("theirs.py", "print(1)\n"),
                        "binaryData",
                        Map.of("picture.png", picture)));
        DagPublisher place = open();
        RenderedDag small = dag("small", "one");
        place.publish(small);
        place.publish(dag("other", "one"));
        RenderedDag large = Dag.builder(small.dag().id())
                .description("x".repeat(800_000))
                .empty("a")
                .build()
                .render(Dialect.NEWEST);

        assertThatThrownBy(() -> place.publish(large))
                .isInstanceOf(DagFileException.class)
                .hasMessageContaining("ConfigMap " + namespace + "/dags entry " + small.fileName())
                .hasMessageContaining("it takes " + large.source().length() + " bytes")
                .hasMessageContaining("a ConfigMap holds 1048576")
                .hasMessageContaining("a folder or git");
        place.remove(dag("other", "").dag().id());

        Map<String, Object> map = kube.get(Kind.CONFIG_MAP, namespace, "dags");
        assertThat(map.get("data")).isEqualTo(Map.of("theirs.py", "print(1)\n", small.fileName(), small.source()));
        assertThat(map.get("binaryData")).isEqualTo(Map.of("picture.png", picture));
        assertThat(String.valueOf(map.get("metadata"))).contains("team=ml");
        assertThat(place.location()).isEqualTo("configmap://" + namespace + "/dags");
    }
}
