package dev.fairlead.inference;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.fairlead.MlPlatform;
import dev.fairlead.error.InvalidRequestException;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.ServiceException;
import dev.fairlead.error.TransportException;
import dev.fairlead.support.Proves;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceClientTest {
    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().build();

    private static final Tensor X = Tensor.of("x", new float[] {1, 2});
    private static final String ANSWER = "{\"model_name\":\"m\",\"outputs\":[]}";

    private MlPlatform platform;
    private InferenceClient client;

    @BeforeEach
    void connect() {
        platform = MlPlatform.builder()
                .withoutKubernetes()
                .retry(r -> r.withPauses(Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
        client = InferenceClient.builder()
                .platform(platform)
                .uri(SERVER.baseUrl())
                .build();
    }

    @AfterEach
    void close() {
        platform.close();
    }

    private static void answer(String body) {
        SERVER.stubFor(post(urlEqualTo("/v2/models/m/infer")).willReturn(okJson(body)));
    }

    @Test
    @Proves("inference.exact-json")
    void infer_everyType_writesEachNumberExactly() {
        answer(ANSWER);

        client.infer(InferenceRequest.builder()
                .model("m")
                .id("7")
                .putParameter("content_type", "np")
                .addInput(Tensor.of("f", new float[] {0.1f, Float.NaN}, 1, 2).withParameter("content_type", "np"))
                .addInput(Tensor.of("d", new double[] {0.1, 1e300}))
                .addInput(Tensor.unsigned("u", new long[] {-1, 9_007_199_254_740_993L}))
                .addInput(Tensor.unsigned("b", new byte[] {-56}))
                .addInput(Tensor.of("l", new long[] {Long.MIN_VALUE}))
                .addInput(Tensor.of("t", new boolean[] {true}))
                .addInput(Tensor.of("s", new String[] {"é\""}))
                .addInput(Tensor.float16("h", new float[] {1.5f}))
                .addOutput("label")
                .build());

        LoggedRequest sent = SERVER.findAll(postRequestedFor(anyUrl())).get(0);
        assertThat(sent.getBodyAsString())
                .isEqualTo("{\"id\":\"7\",\"parameters\":{\"content_type\":\"np\"},\"inputs\":["
                        + "{\"name\":\"f\",\"shape\":[1,2],\"datatype\":\"FP32\",\"parameters\":{\"content_type\":\"np\"},\"data\":[0.1,null]},"
                        + "{\"name\":\"d\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[0.1,1.0E300]},"
                        + "{\"name\":\"u\",\"shape\":[2],\"datatype\":\"UINT64\",\"data\":[18446744073709551615,9007199254740993]},"
                        + "{\"name\":\"b\",\"shape\":[1],\"datatype\":\"UINT8\",\"data\":[200]},"
                        + "{\"name\":\"l\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[-9223372036854775808]},"
                        + "{\"name\":\"t\",\"shape\":[1],\"datatype\":\"BOOL\",\"data\":[true]},"
                        + "{\"name\":\"s\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"é\\\"\"]},"
                        + "{\"name\":\"h\",\"shape\":[1],\"datatype\":\"FP16\",\"data\":[1.5]}],"
                        + "\"outputs\":[{\"name\":\"label\"}]}");
    }

    @Test
    @Proves("inference.no-compression")
    void infer_anyRequest_asksForNoCompressionAndNoUpgrade() {
        answer(ANSWER);

        client.infer("m", X);

        LoggedRequest sent = SERVER.findAll(postRequestedFor(anyUrl())).get(0);
        assertThat(sent.getHeader("Accept-Encoding")).isEqualTo("identity");
        assertThat(sent.getHeader("Upgrade")).isNull();
        assertThat(sent.getProtocol()).isEqualTo("HTTP/1.1");
    }

    @Test
    @Proves("inference.exact-json")
    void infer_fieldsInAnyOrderAndNestedData_readsThem() {
        answer(
                "{\"new\":{\"a\":[1]},\"outputs\":[{\"data\":[[18446744073709551615],[1]],\"shape\":[2,1],\"name\":\"u\",\"datatype\":\"UINT64\"},"
                        + "{\"name\":\"f\",\"shape\":[3],\"datatype\":\"FP32\",\"data\":[0.003172682598233223,null,3],\"parameters\":{\"content_type\":\"np\"}},"
                        + "{\"name\":\"i\",\"shape\":[1],\"datatype\":\"INT32\",\"data\":[2.0]}],\"id\":null,\"model_name\":\"m\",\"model_version\":\"v1\"}");

        InferenceResponse response = client.infer("m", X);

        assertThat(response.output("u").bigIntegers())
                .extracting(Object::toString)
                .containsExactly("18446744073709551615", "1");
        assertThat(response.output("f").floats()).containsExactly(0.0031726826f, Float.NaN, 3f);
        assertThat(response.output("f").parameters()).containsEntry("content_type", "np");
        assertThat(response.output("i").ints()).containsExactly(2);
        assertThat(response.modelVersion()).hasValue("v1");
        assertThat(response.id()).isEmpty();
        assertThatThrownBy(response::output)
                .hasMessage(
                        "invalid reading of the answer of 'm': output() needs exactly one output; use output(name), was [u, f, i]");
        assertThatThrownBy(() -> response.output("x"))
                .hasMessageContaining("output 'x' must be one of the answer's, was [u, f, i]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model_name\":\"m\",\"outputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[1,300]}]} | outputs[0].data[1] is no INT8: 300",
                "{\"model_name\":\"m\",\"outputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[1]}]} | shape must be dimensions whose product is the number of elements, 1, was [2]",
                "{\"model_name\":\"m\",\"outputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP4\",\"data\":[1]}]} | outputs[0] has the unknown datatype 'FP4'",
                "{\"model_name\":\"m\",\"outputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\"}]} | outputs[0] has no data",
                "{\"outputs\":[]} | model_name is missing",
                "{\"model_name\": | Unexpected end-of-input",
                "<html>login</html> | Unexpected character ('<'"
            })
    void infer_answerOfTheWrongKind_saysWhere(String body, String message) {
        answer(body);

        assertThatThrownBy(() -> client.infer("m", X))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("/v2/models/m/infer is not an inference answer: ")
                .hasMessageContaining(message);
    }

    @Test
    void infer_whatJsonCannotHold_isRefusedBeforeSending() {
        assertThatThrownBy(() -> client.infer("m", Tensor.of("x", new double[] {1, Double.NEGATIVE_INFINITY})))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "invalid inference request: inputs[0].data[1] must be finite, for JSON has no infinity, was -Infinity");
        assertThatThrownBy(() -> client.infer("m", X, Tensor.bfloat16("y", new float[] {1})))
                .hasMessageContaining("inputs[1].datatype must have a form in JSON, which BF16 has not");
        assertThatThrownBy(() -> client.infer("m", Tensor.bytes("x", new byte[][] {{(byte) 0xff}})))
                .hasMessageContaining("inputs[0].data[0] must be UTF-8");
        assertThatThrownBy(() -> client.infer("m", X, X))
                .hasMessageContaining("inputs[1].name must not be that of another input, was 'x'");
        assertThatThrownBy(() -> client.infer("m")).hasMessageContaining("inputs must hold a tensor");
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    private ServiceException refused(int status, String contentType, String body) {
        SERVER.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", contentType)
                        .withBody(body)));
        try (MlPlatform fresh = MlPlatform.builder().withoutKubernetes().build()) {
            InferenceClient once = InferenceClient.builder()
                    .platform(fresh)
                    .uri(SERVER.baseUrl())
                    .build();
            return catchThrowableOfType(ServiceException.class, () -> once.infer("m", X));
        }
    }

    @Test
    @Proves("inference.errors")
    void infer_errorsOfEveryKindOfServer_areRead() {
        assertThat(refused(404, "application/json", "{\"error\":\"Model m not found\"}"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("inference models/infer: 404 Model m not found (POST http://")
                .hasMessageEndingWith(
                        "; ask under the name the server knows; for a Seldon deployment that is the name of the graph's node");
        assertThat(refused(
                                422,
                                "application/json",
                                "{\"detail\":[{\"type\":\"json_invalid\",\"loc\":[\"body\",70],\"msg\":\"JSON decode error\",\"ctx\":{\"error\":\"no\"}},"
                                        + "{\"loc\":[\"body\",\"inputs\",0,\"datatype\"],\"msg\":\"Input should be 'BOOL'\"}]}")
                        .reason())
                .isEqualTo("body.70 JSON decode error: no; body.inputs.0.datatype Input should be 'BOOL'");
        assertThat(refused(404, "application/json", "{\"detail\":\"Not Found\"}"))
                .hasMessageContaining("no V2 inference server answers at this path");
        assertThat(refused(500, "text/plain; charset=utf-8", "Internal Server Error"))
                .hasMessageEndingWith("the model raised an exception; its server's log says which");
        assertThat(refused(
                                500,
                                "text/plain",
                                "Traceback (most recent call last):\n  File \"a\"\n    x\nValueError: no\n")
                        .reason())
                .isEqualTo("ValueError: no");
        assertThat(refused(
                                500,
                                "text/plain",
                                "{\"status\":{\"code\":500,\"info\":\"down\",\"reason\":\"MICROSERVICE\",\"status\":\"FAILURE\"}}")
                        .reason())
                .isEqualTo("MICROSERVICE: down");
    }

    @Test
    @Proves("inference.explained-failure")
    void infer_bare500AndTensorsUnlikeTheMetadata_namesTheDifference() {
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(500).withBody("Internal Server Error")));
        SERVER.stubFor(
                get(urlEqualTo("/v2/models/m"))
                        .willReturn(
                                okJson(
                                        "{\"name\":\"m\",\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[-1,3]},{\"name\":\"y\",\"datatype\":\"FP32\",\"shape\":[1]}]}")));

        assertThatThrownBy(() -> client.infer("m", X, Tensor.of("z", new int[] {1})))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageEndingWith(
                        "the model 'm' takes something else: input 'x' must be FP64, was FP32; input 'x' must have the shape"
                                + " [-1, 3], was [2]; it has no input 'z', only [x, y]; its input 'y' is missing");
    }

    @Test
    @Proves("inference.repeats-safely")
    void infer_lostAnswer_isNotRepeatedUnlessSafe() {
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThatThrownBy(() -> client.infer("m", X)).isInstanceOf(TransportException.class);
        assertThat(SERVER.findAll(postRequestedFor(anyUrl()))).hasSize(1);

        assertThatThrownBy(() -> client.safe().infer("m", X)).isInstanceOf(TransportException.class);
        assertThat(SERVER.findAll(postRequestedFor(anyUrl()))).hasSize(4);
    }

    @Test
    @Proves("inference.repeats-safely")
    void infer_refusedWithRetryAfter_isRepeated() {
        SERVER.stubFor(post(anyUrl())
                .inScenario("s")
                .whenScenarioStateIs("Started")
                .willSetStateTo("up")
                .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "0")));
        SERVER.stubFor(post(anyUrl()).inScenario("s").whenScenarioStateIs("up").willReturn(okJson(ANSWER)));

        assertThat(client.model("m").infer(X).modelName()).isEqualTo("m");
    }

    @Test
    void ready_answersOfEveryKind_areTold() {
        SERVER.stubFor(get(urlEqualTo("/v2/health/live")).willReturn(aResponse()));
        SERVER.stubFor(
                get(urlEqualTo("/v2/health/ready")).willReturn(aResponse().withStatus(400)));
        SERVER.stubFor(get(urlEqualTo("/v2/models/a%20b/ready")).willReturn(aResponse()));

        assertThat(client.live()).isTrue();
        assertThat(client.ready()).isFalse();
        assertThat(client.ready("a b")).isTrue();
        assertThat(client.model("c").ready()).isFalse();
    }

    @Test
    void infer_throughAPathWithHeaders_sendsThem() {
        SERVER.stubFor(post(urlEqualTo("/seldon/ns/flights/v2/models/m/versions/3/infer"))
                .willReturn(okJson(ANSWER)));
        InferenceClient behind = InferenceClient.builder()
                .platform(platform)
                .uri(SERVER.baseUrl())
                .path("/seldon/ns/flights/")
                .build()
                .withOptions(o -> o.header("seldon-model", "m"));

        behind.infer(
                InferenceRequest.builder().model("m").version("3").addInput(X).build());

        SERVER.verify(postRequestedFor(anyUrl())
                .withHeader("seldon-model", com.github.tomakehurst.wiremock.client.WireMock.equalTo("m"))
                .withRequestBody(equalToJson(
                        "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1.0,2.0]}]}")));
    }

    @Test
    void build_neitherOrBothOrNoAddress_namesWhat() {
        assertThatThrownBy(() -> InferenceClient.builder().build())
                .hasMessage("invalid InferenceClient: uri or service must be set, and not both, was not set");
        assertThatThrownBy(() ->
                        InferenceClient.builder().uri("ftp://x").path("v2").build())
                .hasMessageContaining("uri must be an http or https address with a host, was ftp://x")
                .hasMessageContaining("path must begin with /, was v2");
    }
}
