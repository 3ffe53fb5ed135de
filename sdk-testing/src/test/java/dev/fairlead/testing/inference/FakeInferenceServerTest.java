package dev.fairlead.testing.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.inference.InferenceClient;
import dev.fairlead.inference.Tensor;
import dev.fairlead.support.Proves;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Proves("testing.inference")
class FakeInferenceServerTest {
    private static final Tensor X = Tensor.of("x", new float[] {1, 2});

    private FakeInferenceServer server;
    private MlPlatform platform;
    private InferenceClient client;

    @BeforeEach
    void start() {
        server = FakeInferenceServer.builder()
                .model(
                        "twice",
                        ServedModel.of(in -> List.of(
                                Tensor.of("y", new float[] {2 * in.get(0).floats()[0]}))))
                .model("broken", ServedModel.of(in -> {
                    throw new IllegalStateException("out of luck");
                }))
                .start();
        platform = MlPlatform.builder().withoutKubernetes().build();
        client = InferenceClient.create(platform, server.uri());
    }

    @AfterEach
    void stop() {
        platform.close();
        server.close();
    }

    @Test
    void infer_aFunction_runsIt() {
        assertThat(client.infer("twice", X).output("y").floats()).containsExactly(2);
        assertThat(server.inferences("twice")).isEqualTo(1);
        assertThat(server.requests("infer"))
                .hasSize(1)
                .first()
                .extracting(r -> r.status())
                .isEqualTo(200);
        assertThat(server.models()).containsExactly("broken", "twice");
    }

    @Test
    void infer_aFunctionThatThrows_tellsAsPythonDoes() {
        assertThatThrownBy(() -> client.infer("broken", X))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("500 IllegalStateException: out of luck");
    }

    @Test
    void faults_failDelayAndDrop_happenOnceEach() {
        server.failNext("infer", 503, 1).dropNextReply("ready");

        assertThatThrownBy(() -> client.infer("twice", X)).hasMessageContaining("503 scripted error 503");
        assertThat(client.ready()).isTrue();
        assertThat(server.requests("ready")).hasSize(2);
        assertThat(client.infer("twice", X).outputs()).hasSize(1);

        server.dropNextReply("infer");
        assertThatThrownBy(() -> client.infer("twice", X)).isInstanceOf(TransportException.class);
        assertThat(server.inferences("twice")).as("the server acted").isEqualTo(2);
    }

    @Test
    void ready_toldNotToBe_isNot() {
        server.ready(false);

        assertThat(client.ready()).isFalse();
        assertThat(client.live()).isTrue();
    }

    @Test
    void load_whatIsNoModel_saysWhy(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> ServedModel.load(folder))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(folder + " is neither an ONNX file nor a folder with an MLmodel file");
        Files.writeString(folder.resolve("MLmodel"), "flavors: {sklearn: {}}");
        assertThatThrownBy(() -> ServedModel.load(folder)).hasMessageContaining("names no onnx flavor");
        Path junk = Files.writeString(folder.resolve("x.onnx"), "junk");
        assertThatThrownBy(() -> ServedModel.load(junk)).hasMessageContaining("cannot be loaded as an ONNX model");
    }
}
