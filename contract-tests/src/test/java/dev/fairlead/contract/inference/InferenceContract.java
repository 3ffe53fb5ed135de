package dev.fairlead.contract.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.fairlead.MlPlatform;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.inference.InferenceClient;
import dev.fairlead.inference.InferenceRequest;
import dev.fairlead.inference.InferenceResponse;
import dev.fairlead.inference.ModelMetadata;
import dev.fairlead.inference.Tensor;
import dev.fairlead.inference.TensorMetadata;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.support.Proves;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds of our client on every inference server, and of our fake as of MLServer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InferenceContract {
    /** A server with the models echo and tiny. */
    interface Place extends AutoCloseable {
        URI uri();

        void unload(String model);

        void loadTiny();

        @Override
        default void close() {}
    }

    private Place place;
    private MlPlatform platform;
    private InferenceClient client;

    abstract Place open();

    @BeforeAll
    void start() {
        place = open();
    }

    @AfterAll
    void stop() throws Exception {
        if (place != null) {
            place.close();
        }
    }

    // a platform for each test: some ask for failures, which open the circuit breaker of theirs
    @BeforeEach
    void connect() {
        platform = MlPlatform.builder().withoutKubernetes().build();
        client = InferenceClient.create(platform, place.uri());
    }

    @AfterEach
    void disconnect() {
        platform.close();
    }

    private static Tensor rows(float[]... rows) {
        return Tensor.of("input", rows);
    }

    @Test
    @Proves("inference.metadata")
    void metadata_ofServerAndModel_areRead() {
        assertThat(client.metadata().name()).isEqualTo("mlserver");
        assertThat(client.metadata().version()).isEqualTo("1.7.1");

        ModelMetadata tiny = client.metadata("tiny");

        assertThat(tiny.name()).isEqualTo("tiny");
        assertThat(tiny.inputs())
                .extracting(TensorMetadata::name, TensorMetadata::datatype, TensorMetadata::shape)
                .containsExactly(tuple("input", "FP32", List.of(-1L, 3L)));
        assertThat(tiny.outputs()).extracting(TensorMetadata::name).containsExactly("label", "probabilities");
        assertThatThrownBy(() -> client.metadata("nope"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Model nope not found");
    }

    @Test
    @Proves("inference.metadata")
    void ready_serverAndModels_tell() {
        assertThat(client.live()).isTrue();
        assertThat(client.ready()).isTrue();
        assertThat(client.ready("tiny")).isTrue();
        assertThat(client.ready("nope")).isFalse();
    }

    @Test
    @Proves("inference.round-trip")
    void infer_everyType_comesBackBitForBit() {
        Tensor[] sent = {
            Tensor.of("f32", new float[] {0.1f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1e-30f, Float.NaN}, 2, 3),
            Tensor.of("f64", new double[] {0.1, Double.MIN_VALUE, Double.MAX_VALUE, Math.PI}),
            Tensor.float16("f16", new float[] {1.5f, 65504, -0.25f}),
            Tensor.of("i8", new byte[] {-128, 127}),
            Tensor.of("i16", new short[] {-32768, 32767}),
            Tensor.of("i32", new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}),
            Tensor.of("i64", new long[] {Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1}),
            Tensor.unsigned("u8", new byte[] {-1, 1}),
            Tensor.unsigned("u16", new short[] {-1, 1}),
            Tensor.unsigned("u32", new int[] {-1, 1}),
            Tensor.unsigned("u64", new long[] {-1, Long.MIN_VALUE, 1}),
            Tensor.of("bool", new boolean[] {true, false}),
            Tensor.of("text", new String[] {"", "héllo \"quoted\"", "日本\n"}),
        };

        InferenceResponse answer = client.infer("echo", sent);

        assertThat(answer.outputs()).containsExactly(sent);
    }

    @Test
    @Proves("inference.real-model")
    void infer_onnxModel_answersWhatItsFormulaSays() {
        Random random = new Random(7);
        float[][] rows = new float[1000][3];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat() * 4 - 2;
            }
        }

        InferenceResponse answer = client.infer("tiny", rows(rows));

        assertThat(answer.output("label").shape()).containsExactly(1000, 1);
        assertThat(answer.output("probabilities").shape()).containsExactly(1000, 2);
        long[] labels = answer.output("label").longs();
        float[][] probabilities = answer.output("probabilities").floatRows();
        for (int i = 0; i < rows.length; i++) {
            double[] expected = Models.expected(rows[i]);
            assertThat(labels[i]).as("row %d", i).isEqualTo((long) expected[0]);
            assertThat((double) probabilities[i][1]).as("row %d", i).isEqualTo(expected[1], within(1e-5));
        }
        assertThat(answer.parameters()).containsEntry("content_type", "dict");
    }

    @Test
    void infer_withAnIdOrWithout_hasOne() {
        InferenceRequest request = InferenceRequest.builder()
                .model("tiny")
                .id("mine")
                .addInput(rows(new float[] {1, 2, 3}))
                .build();

        assertThat(client.infer(request).id()).hasValue("mine");
        assertThat(client.model("tiny").infer(rows(new float[] {1, 2, 3})).id()).isNotEmpty();
    }

    @Test
    @Proves("inference.errors")
    void infer_unknownModelOrVersion_isNotFound() {
        assertThatThrownBy(() -> client.infer("nope", rows(new float[] {1, 2, 3})))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("inference models/infer: 404 Model nope not found");
        assertThatThrownBy(() -> client.infer(InferenceRequest.builder()
                        .model("tiny")
                        .version("9")
                        .addInput(rows(new float[] {1, 2, 3}))
                        .build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Model tiny with version 9 not found");
    }

    @Test
    @Proves("inference.explained-failure")
    void infer_tensorsTheModelDoesNotTake_namesTheDifference() {
        assertThatThrownBy(() -> client.infer("tiny", rows(new float[] {1, 2})))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("500 mlflow.exceptions.MlflowException: Failed to enforce schema")
                .hasMessageEndingWith(
                        "the model 'tiny' takes something else: input 'input' must have the shape [-1, 3], was [1, 2]");
        assertThatThrownBy(() -> client.infer("tiny", Tensor.of("input", new double[][] {{1, 2, 3}})))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("dtype of input float64 does not match expected dtype float32")
                .hasMessageEndingWith("input 'input' must be FP32, was FP64");
        assertThatThrownBy(() -> client.infer("tiny", Tensor.of("x", new float[][] {{1, 2, 3}})))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Model is missing inputs ['input']. Note that there were extra inputs: ['x'].")
                .hasMessageEndingWith("it has no input 'x', only [input]; its input 'input' is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tiny | {broken | 422 | detail | json_invalid",
                "tiny | {} | 422 | detail | Field required",
                "tiny | {'inputs':[{'name':'x'}]} | 422 | detail | Field required",
                "tiny | {'inputs':[{'name':'input','shape':[1],'datatype':'BF16','data':[1]}]} | 422 | detail | Input should be 'BOOL'",
                "nope | {'inputs':[]} | 404 | error | Model nope not found",
                "tiny | {'inputs':[{'name':'input','shape':[1,3],'datatype':'FP32','data':[1,2]}]} | 500 | | ValueError: cannot reshape array of size 2 into shape (1,3)"
            })
    @Proves("inference.fake-as-real")
    void raw_badRequests_areRefusedTheSameWay(String model, String body, int status, String field, String words)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(place.uri() + "/v2/models/" + model + "/infer"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();

        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
        if (field == null) {
            assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
            assertThat(answer.body()).startsWith("Traceback (most recent call last):");
        } else {
            Map<String, Object> tree =
                    JsonCodec.camelCase().object(answer.body().getBytes(StandardCharsets.UTF_8), "error");
            assertThat(tree).containsOnlyKeys(field);
        }
    }

    @Test
    @Proves("inference.concurrent")
    void infer_fromManyThreads_eachGetsItsOwn() {
        List<Integer> wrong = IntStream.range(0, 200)
                .parallel()
                .filter(i -> client.safe()
                                .infer("echo", Tensor.of("x", new int[] {i}))
                                .output()
                                .ints()[0]
                        != i)
                .boxed()
                .toList();

        assertThat(wrong).isEmpty();
    }

    @Test
    void infer_unloadedModel_isNotFoundWhileTheServerStaysReady() {
        place.unload("tiny");
        try {
            assertThat(client.ready()).isTrue();
            assertThat(client.ready("tiny")).isFalse();
            assertThatThrownBy(() -> client.infer("tiny", rows(new float[] {1, 2, 3})))
                    .isInstanceOf(NotFoundException.class);
        } finally {
            place.loadTiny();
        }
        assertThat(client.infer("tiny", rows(new float[] {1, 2, 3}))
                        .output("label")
                        .longs())
                .containsExactly(1);
    }
}
