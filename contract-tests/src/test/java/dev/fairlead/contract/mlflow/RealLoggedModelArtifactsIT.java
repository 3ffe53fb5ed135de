package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.mlflow.UnsupportedArtifactStoreException;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.server.RealServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts of logged models, which MLflow 3 has. */
@RanOn("mlflow 3.17.2, mlflow 2.22.5")
class RealLoggedModelArtifactsIT {
    @TempDir
    Path folder;

    @Test
    @Proves("mlflow.artifacts.of-logged-model")
    void loggedModel_itsFiles_areWrittenAndRead() throws Exception {
        URI server = RealServers.mlflow().uri();
        MlflowClient mlflow = MlflowClient.builder().trackingUri(server).build();
        Artifacts proxied = mlflow.loggedModelArtifacts(loggedModel(server, "0"));

        proxied.putText("d/a é.txt", "content");
        proxied.put("MLmodel", ArtifactSource.of("flavors: {}"));

        assertThat(proxied.root().getScheme()).isEqualTo("mlflow-artifacts");
        assertThat(proxied.list())
                .containsExactlyInAnyOrder(new Artifact("MLmodel", false, 11), new Artifact("d", true, 0));
        assertThat(proxied.text("d/a é.txt")).isEqualTo("content");
        proxied.download("", folder.resolve("got"));
        assertThat(folder.resolve("got/d/a é.txt")).hasContent("content");
        proxied.delete("d");
        assertThat(proxied.list()).hasSize(1);
    }

    @Test
    @Proves("mlflow.artifacts.of-logged-model")
    void loggedModel_inAFolderOfItsOwn_isReadThroughTheServer() throws Exception {
        URI server = RealServers.mlflow().uri();
        MlflowClient mlflow = MlflowClient.builder().trackingUri(server).build();
        Path location = Files.createDirectories(folder.resolve("location"));
        String experiment = mlflow.experiments()
                .create(MlflowContract.unique("own"), e -> e.artifactLocation(location.toUri()))
                .id();
        Artifacts direct = mlflow.loggedModelArtifacts(loggedModel(server, experiment));

        direct.putText("d/a.txt", "content");

        assertThat(direct.root().getScheme()).isEqualTo("file");
        assertThat(direct.text("d/a.txt")).isEqualTo("content");
    }

    @Test
    @Proves("mlflow.artifacts.direct")
    void put_intoAStoreThatNobodyWritesFor_isRefusedWithTheRemedy() throws Exception {
        URI server = RealServers.mlflow().uri();
        MlflowClient mlflow = MlflowClient.builder().trackingUri(server).build();
        String experiment = mlflow.experiments()
                .create("gs-" + UUID.randomUUID(), e -> e.artifactLocation(URI.create("gs://fairlead-none/a")))
                .id();
        Artifacts model = mlflow.loggedModelArtifacts(loggedModel(server, experiment));
        Artifacts run =
                mlflow.runs().start(mlflow.experiments().get(experiment)).artifacts();

        assertThatThrownBy(() -> model.putText("a.txt", "content"))
                .isInstanceOf(UnsupportedArtifactStoreException.class)
                .hasMessageContaining("'a.txt' cannot be uploaded to gs://fairlead-none/a/")
                .hasMessageContaining("the server takes no files of logged models for this store; "
                        + "let the server hand out artifacts itself (mlflow server --serve-artifacts");
        assertThatThrownBy(() -> run.put("a.bin", ArtifactSource.of(new byte[(10 << 20) + 1])))
                .isInstanceOf(UnsupportedArtifactStoreException.class)
                .hasMessageContaining("files of up to 10 MiB, and not empty")
                .hasMessageContaining("--serve-artifacts");
    }

    private static String loggedModel(URI server, String experiment) throws Exception {
        HttpResponse<byte[]> made = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.resolve("/api/2.0/mlflow/logged-models"))
                                .version(HttpClient.Version.HTTP_1_1)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"experiment_id\":\"" + experiment + "\",\"name\":\"m\"}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        Map<?, ?> model = (Map<?, ?>)
                JsonCodec.camelCase().object(made.body(), "the model").get("model");
        return String.valueOf(((Map<?, ?>) model.get("info")).get("model_id"));
    }

    @Test
    @Proves("mlflow.artifacts.of-logged-model")
    void loggedModel_onMlflow2_isToldBeforeAnyCallOfIt() {
        MlflowClient mlflow =
                MlflowClient.builder().trackingUri(RealServers.mlflow2().uri()).build();

        assertThatThrownBy(() -> mlflow.loggedModelArtifacts("m-1").list())
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("does not support logged models; it needs MLflow 3.0");
        assertThatThrownBy(() -> mlflow.loggedModelArtifacts("m-1").putText("a", "a"))
                .isInstanceOf(UnsupportedByServerException.class);
    }
}
