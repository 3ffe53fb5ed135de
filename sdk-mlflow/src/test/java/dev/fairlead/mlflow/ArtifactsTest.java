package dev.fairlead.mlflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.InvalidResponseException;
import dev.fairlead.error.InvalidValueException;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.TransportException;
import dev.fairlead.support.Proves;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What malicious and broken servers do to transfers. */
class ArtifactsTest {
    private static final String API = "/api/2.0/mlflow/";
    private static final String PROXY = "/api/2.0/mlflow-artifacts/";
    private static final int LARGE = 6 << 20;

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @RegisterExtension
    static final WireMockExtension STORE = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    @TempDir
    Path folder;

    @BeforeEach
    void aRun() {
        run("mlflow-artifacts:/1/r/artifacts");
    }

    private static void run(String artifactUri) {
        SERVER.stubFor(get(urlPathEqualTo(API + "runs/get"))
                .willReturn(okJson("{\"run\":{\"info\":{\"run_id\":\"r\",\"experiment_id\":\"1\",\"artifact_uri\":\""
                        + artifactUri + "\"}}}")));
    }

    private static void listing(String files) {
        SERVER.stubFor(get(urlPathEqualTo(API + "artifacts/list")).willReturn(okJson("{\"files\":[" + files + "]}")));
    }

    private static MlflowClient client(String uri) {
        return MlflowClient.builder()
                .trackingUri(uri)
                .endpoint(e -> e.bearer("s3cret").putHeader("X-Tenant", "t3nant"))
                .platform(p -> p.retry(r -> r.withPauses(Duration.ofMillis(1), Duration.ofMillis(2))))
                .build();
    }

    private static Artifacts artifacts() {
        return client(SERVER.baseUrl())
                .artifacts("r")
                .with(o -> o.multipartThreshold(LARGE).partSize(5 << 20));
    }

    private Path large() throws IOException {
        return Files.write(folder.resolve("large.bin"), new byte[LARGE]);
    }

    private static void parts(String url, int count, String headers) {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            all.append(i == 1 ? "" : ",")
                    .append("{\"url\":\"")
                    .append(url)
                    .append("?part=")
                    .append(i)
                    .append("\",\"part_number\":")
                    .append(i)
                    .append(",\"headers\":{")
                    .append(headers)
                    .append("}}");
        }
        SERVER.stubFor(post(urlPathMatching(PROXY + "mpu/create/.*"))
                .willReturn(okJson("{\"upload_id\":\"u\",\"credentials\":[" + all + "]}")));
        SERVER.stubFor(post(urlPathMatching(PROXY + "mpu/(complete|abort)/.*")).willReturn(okJson("{}")));
    }

    private void nothingIsLeft(Path target) throws IOException {
        if (Files.exists(target)) {
            try (var left = Files.list(target)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    @Proves("mlflow.artifacts.path-safe")
    void downloadTree_namesThatLeadOut_writeNothing() throws IOException {
        Path target = folder.resolve("in");
        for (String name : List.of(
                "..",
                "../evil",
                "/etc/evil",
                "//evil",
                "C:/evil",
                "a\\\\..\\\\evil",
                "%2E%2e/evil",
                "a%2fb",
                "a\\u0000b")) {
            listing("{\"path\":\"" + name + "\",\"file_size\":4}");

            assertThatThrownBy(() -> artifacts().downloadTree("", target))
                    .as(name)
                    .isInstanceOf(InvalidResponseException.class);
        }
        assertThat(target).doesNotExist();
        for (String path : List.of("a\u0000b", "../x", "/x", "%2e%2e/x", "D:x")) {
            assertThatThrownBy(() -> artifacts().put(path, ArtifactSource.of("x")))
                    .as(path)
                    .isInstanceOf(InvalidValueException.class);
            assertThatThrownBy(() -> artifacts().delete(path)).isInstanceOf(InvalidValueException.class);
        }
        assertThat(SERVER.findAll(putRequestedFor(anyUrl()))).isEmpty();
    }

    @Test
    @Proves("mlflow.artifacts.endless")
    void download_endlessBody_stopsAtTheListedSize() throws Exception {
        try (Endless server = new Endless("{\"path\":\"a.bin\",\"file_size\":10}")) {
            Artifacts artifacts = client(server.uri()).artifacts("r");

            assertThatThrownBy(() -> artifacts.download("a.bin", folder.resolve("in")))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessageContaining("the server lists 10 bytes, more come");
            nothingIsLeft(folder.resolve("in"));
            assertThatThrownBy(() -> artifacts.with(o -> o.maxInMemory(1 << 20)).bytes("a.bin"))
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessageContaining("larger than 1048576 bytes");
        }
    }

    @Test
    @Proves("mlflow.artifacts.endless")
    void list_endlessJson_isRefused() throws Exception {
        try (Endless server = new Endless("")) {
            assertThatThrownBy(() -> client(server.uri()).artifacts("r").list())
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessageContaining("larger than");
        }
    }

    @Test
    @Proves("mlflow.artifacts.endless")
    void download_bodyThatFallsSilent_endsWithTheIdleLimit() throws Exception {
        try (Endless server = new Endless("{\"path\":\"silent.bin\",\"file_size\":10}")) {
            Artifacts artifacts = client(server.uri()).artifacts("r").with(o -> o.idleLimit(Duration.ofMillis(100)));

            assertThatThrownBy(() -> artifacts.download("silent.bin", folder.resolve("in")))
                    .isInstanceOf(TransportException.class);
            nothingIsLeft(folder.resolve("in"));
        }
    }

    @Test
    @Proves("mlflow.artifacts.faults")
    void download_interrupted_leavesNothing() throws Exception {
        try (Endless server =
                new Endless("{\"path\":\"silent.bin\",\"file_size\":10},{\"path\":\"silent2.bin\",\"file_size\":10}")) {
            Artifacts artifacts = client(server.uri()).artifacts("r");
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    artifacts.downloadTree("", folder.resolve("in"));
                } catch (RuntimeException e) {
                    thrown.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag lost", e));
                }
            });
            thread.start();
            assertThat(server.silent.await(10, TimeUnit.SECONDS))
                    .withFailMessage(() -> "" + thrown.get())
                    .isTrue();
            thread.interrupt();
            thread.join(10_000);

            assertThat(thrown.get()).isInstanceOf(MlPlatformException.class).hasMessageContaining("interrupted");
            nothingIsLeft(folder.resolve("in"));
        }
    }

    /** Answers listings, and files without end, or with silence. */
    private static final class Endless implements AutoCloseable {
        private final HttpServer server;
        private final CountDownLatch silent = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        Endless(String files) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            }));
            answer(
                    API + "runs/get",
                    "{\"run\":{\"info\":{\"run_id\":\"r\",\"experiment_id\":\"1\",\"artifact_uri\":\"mlflow-artifacts:/1/r\"}}}");
            if (!files.isEmpty()) {
                answer(API + "artifacts/list", "{\"files\":[" + files + "]}");
            }
            server.createContext("/", http -> {
                http.sendResponseHeaders(200, 0);
                byte[] some = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
                try (var out = http.getResponseBody()) {
                    if (http.getRequestURI().getPath().contains("silent")) {
                        out.write(some, 0, 5);
                        out.flush();
                        silent.countDown();
                        closed.await();
                    }
                    while (true) {
                        out.write(some);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            server.start();
        }

        private void answer(String path, String json) {
            server.createContext(path, http -> {
                byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
                http.sendResponseHeaders(200, bytes.length);
                http.getResponseBody().write(bytes);
                http.close();
            });
        }

        String uri() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            closed.countDown();
            server.stop(0);
        }
    }

    @Test
    @Proves("mlflow.token-stays")
    void upload_redirectedToAnotherHost_sendsNothingThere() throws IOException {
        STORE.stubFor(any(anyUrl()).willReturn(aResponse()));
        for (int status : new int[] {301, 302, 307, 308}) {
            SERVER.stubFor(put(urlPathMatching(PROXY + ".*"))
                    .willReturn(aResponse().withStatus(status).withHeader("Location", STORE.baseUrl() + "/take")));
            SERVER.stubFor(get(urlPathMatching(PROXY + ".*"))
                    .willReturn(aResponse().withStatus(status).withHeader("Location", STORE.baseUrl() + "/give")));

            assertThatThrownBy(() -> artifacts().putText("a.txt", "mine")).isInstanceOf(MlPlatformException.class);
            assertThatThrownBy(() -> artifacts().bytes("a.txt")).isInstanceOf(MlPlatformException.class);
        }
        assertThat(STORE.getAllServeEvents()).isEmpty();
    }

    @Test
    @Proves({"mlflow.token-stays", "mlflow.artifacts.parts"})
    void upload_inParts_sendsTheStoreWhatIsItsOwnOnly() throws IOException {
        STORE.stubFor(any(anyUrl()).willReturn(aResponse().withHeader("ETag", "\"e\"")));
        parts(
                STORE.baseUrl() + "/b/k",
                2,
                "\"x-amz-acl\":\"private\",\"Authorization\":\"Bearer stolen\",\"Host\":\"h\"");
        listing("{\"path\":\"large.bin\",\"file_size\":" + LARGE + "}");

        artifacts().log(large(), "");

        assertThat(STORE.findAll(putRequestedFor(anyUrl())).stream().map(LoggedRequest::getHeaders))
                .hasSize(2)
                .allSatisfy(h -> {
                    assertThat(h.getHeader("x-amz-acl").values()).containsExactly("private");
                    assertThat(h.getHeader("Authorization").isPresent()).isFalse();
                    assertThat(h.getHeader("X-Tenant").isPresent()).isFalse();
                    assertThat(h.getHeader("Host").values()).containsExactly("localhost:" + STORE.getPort());
                });
        SERVER.verify(postRequestedFor(urlPathEqualTo(PROXY + "mpu/complete/1/r/artifacts"))
                .withRequestBody(com.github.tomakehurst.wiremock.client.WireMock.equalToJson(
                        "{\"path\":\"large.bin\",\"upload_id\":\"u\",\"parts\":[{\"part_number\":1,\"etag\":\"\\\"e\\\"\",\"url\":\""
                                + STORE.baseUrl()
                                + "/b/k?part=1\"},{\"part_number\":2,\"etag\":\"\\\"e\\\"\",\"url\":\""
                                + STORE.baseUrl() + "/b/k?part=2\"}]}")));
    }

    @Test
    @Proves("mlflow.artifacts.parts")
    void upload_addressesThatAreNone_isRefusedAndGivenUp() throws IOException {
        for (String url :
                List.of("file:///etc/passwd", "ftp://h/x", "http://user:pw@h/x", "", "http:///x", "not a url")) {
            parts(url, 2, "");

            assertThatThrownBy(() -> artifacts().log(large(), ""))
                    .as(url)
                    .isInstanceOf(InvalidResponseException.class)
                    .hasMessageContaining("no address of a web server")
                    .hasMessageNotContaining("user:pw");
        }
        parts(STORE.baseUrl(), 1, "");
        assertThatThrownBy(() -> artifacts().log(large(), ""))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("names 1 addresses for an upload in 2 parts");
        assertThat(SERVER.findAll(postRequestedFor(urlPathMatching(PROXY + "mpu/abort/.*"))))
                .hasSize(7);
        assertThat(STORE.getAllServeEvents()).isEmpty();
    }

    @Test
    @Proves({"mlflow.artifacts.parts", "mlflow.artifacts.signed-download"})
    void largeFile_storeThatIsNotReachedFromHere_goesThroughTheServer() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        parts("http://127.0.0.1:" + closed + "/b/k", 2, "");
        listing("{\"path\":\"large.bin\",\"file_size\":" + LARGE + "}");
        SERVER.stubFor(put(urlPathMatching(PROXY + ".*")).willReturn(aResponse()));
        SERVER.stubFor(get(urlPathMatching(PROXY + "presigned/.*"))
                .willReturn(okJson("{\"url\":\"http://127.0.0.1:" + closed + "/b/k\",\"headers\":{},\"file_size\":"
                        + LARGE + "}")));
        SERVER.stubFor(get(urlPathMatching(PROXY + "artifacts/.*"))
                .willReturn(aResponse().withBody(new byte[LARGE])));
        Artifacts artifacts = artifacts();

        artifacts.log(large(), "");
        artifacts.log(large(), "");
        Path got = artifacts.download("large.bin", folder.resolve("in"));

        assertThat(got).hasSize(LARGE);
        SERVER.verify(1, postRequestedFor(urlPathMatching(PROXY + "mpu/create/.*")));
        SERVER.verify(1, postRequestedFor(urlPathMatching(PROXY + "mpu/abort/.*")));
        SERVER.verify(2, putRequestedFor(urlPathMatching(PROXY + "artifacts/.*")));
    }

    @Test
    @Proves("mlflow.artifacts.signed-download")
    void download_storeWithoutRanges_goesThroughTheServer() throws IOException {
        listing("{\"path\":\"large.bin\",\"file_size\":" + LARGE + "}");
        SERVER.stubFor(get(urlPathMatching(PROXY + "presigned/.*"))
                .willReturn(okJson("{\"url\":\"" + STORE.baseUrl() + "/b/k?s=1\"}")));
        SERVER.stubFor(get(urlPathMatching(PROXY + "artifacts/.*"))
                .willReturn(aResponse().withBody(new byte[LARGE])));
        STORE.stubFor(get(urlPathEqualTo("/b/k")).willReturn(aResponse().withBody(new byte[LARGE])));
        STORE.stubFor(get(urlPathEqualTo("/")).willReturn(aResponse().withStatus(403)));

        Path got = artifacts().download("large.bin", folder.resolve("in"));

        assertThat(got).hasSize(LARGE);
        SERVER.verify(1, getRequestedFor(urlPathMatching(PROXY + "artifacts/.*")));
    }

    @Test
    @Proves("mlflow.artifacts.signed-download")
    void download_replacedWhileItIsRead_isRefused() throws IOException {
        listing("{\"path\":\"large.bin\",\"file_size\":" + LARGE + "}");
        SERVER.stubFor(get(urlPathMatching(PROXY + "presigned/.*"))
                .willReturn(okJson("{\"url\":\"" + STORE.baseUrl() + "/b/k\"}")));
        STORE.stubFor(get(urlPathEqualTo("/b/k"))
                .willReturn(aResponse()
                        .withStatus(206)
                        .withHeader("ETag", "\"{{request.headers.Range}}\"")
                        .withTransformers("response-template")
                        .withBody(new byte[5 << 20])));

        assertThatThrownBy(() -> artifacts().download("large.bin", folder.resolve("in")))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("replaced while it was read");
        nothingIsLeft(folder.resolve("in"));
    }

    @Test
    @Proves("mlflow.artifacts.direct")
    void put_storeThatNobodyOpens_namesTheModule() throws IOException {
        run("s3://bucket/1/r/artifacts");
        SERVER.stubFor(post(urlPathMatching(API + "artifacts/presigned-.*"))
                .willReturn(aResponse()
                        .withStatus(404)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<html>404")));

        assertThatThrownBy(() -> artifacts().log(Files.write(folder.resolve("b"), new byte[11 << 20]), ""))
                .isInstanceOf(UnsupportedArtifactStoreException.class)
                .hasMessageContaining("'b' cannot be uploaded to s3://bucket/1/r/artifacts")
                .hasMessageContaining("dev.fairlead:fairlead-s3")
                .hasMessageContaining("--serve-artifacts");
        assertThatThrownBy(() -> artifacts().delete("b"))
                .isInstanceOf(UnsupportedArtifactStoreException.class)
                .hasMessageContaining("dev.fairlead:fairlead-s3");
    }

    @Test
    @Proves("mlflow.artifacts.signed-upload")
    void put_signedAddress_getsTheSignedHeadersAndNoOthers() throws IOException {
        run("s3://bucket/1/r/artifacts");
        SERVER.stubFor(
                post(urlPathEqualTo(API + "artifacts/presigned-upload-url"))
                        .willReturn(
                                okJson(
                                        "{\"presigned_url\":\"" + STORE.baseUrl()
                                                + "/b/k?X-Amz-Signature=secret\",\"headers\":{\"Content-Type\":\"text/csv\",\"x-amz-server-side-encryption\":\"AES256\"}}")));
        STORE.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(403)
                        .withBody("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>")));
        ArtifactSource content = ArtifactSource.of(new byte[11 << 20]);

        assertThatThrownBy(() -> artifacts().put("b.csv", content))
                .hasMessageContaining("AccessDenied")
                .hasMessageContaining("Request has expired")
                .hasMessageNotContaining("secret");
        STORE.stubFor(any(anyUrl()).willReturn(aResponse()));
        listing("{\"path\":\"b.csv\",\"file_size\":" + (11 << 20) + "}");
        artifacts().put("b.csv", content);

        var sent = STORE.findAll(putRequestedFor(urlPathEqualTo("/b/k")));
        assertThat(sent.get(sent.size() - 1).getHeader("Content-Type")).isEqualTo("text/csv");
        assertThat(sent.get(sent.size() - 1).getHeader("x-amz-server-side-encryption"))
                .isEqualTo("AES256");
        assertThat(sent).noneMatch(r -> r.containsHeader("Authorization") || r.containsHeader("X-Tenant"));
    }

    @Test
    @Proves("mlflow.artifacts.signed-upload")
    void put_moreThanFiveGibInOnePiece_isRefusedBeforeTheFirstByte() {
        run("s3://bucket/1/r/artifacts");
        AtomicInteger opened = new AtomicInteger();
        ArtifactSource huge = new ArtifactSource() {
            @Override
            public InputStream open() {
                opened.incrementAndGet();
                return InputStream.nullInputStream();
            }

            @Override
            public long length() {
                return (5L << 30) + 1;
            }
        };

        assertThatThrownBy(() -> artifacts().put("huge.bin", huge))
                .isInstanceOf(UnsupportedArtifactStoreException.class)
                .hasMessageContaining("signs addresses for up to 5 GiB in one piece")
                .hasMessageContaining(
                        "add the module dev.fairlead:fairlead-s3 and keys for the store, or let the server");
        assertThat(opened).hasValue(0);
        SERVER.verify(0, postRequestedFor(urlPathEqualTo(API + "artifacts/presigned-upload-url")));
    }

    @Test
    @Proves("mlflow.artifacts.signed-upload")
    void put_signedAddressBehindTheProxy_goesThroughItWithoutOurCredentials() {
        run("s3://bucket/1/r/artifacts");
        SERVER.stubFor(post(urlPathEqualTo(API + "artifacts/presigned-upload-url"))
                .willReturn(okJson("{\"presigned_url\":\"http://store.invalid/b/k?X-Amz-Signature=secret\"}")));
        SERVER.stubFor(get(urlPathEqualTo("/")).willReturn(aResponse()));
        SERVER.stubFor(put(urlPathEqualTo("/b/k")).willReturn(aResponse()));
        listing("{\"path\":\"b.csv\",\"file_size\":" + (11 << 20) + "}");
        Artifacts proxied = MlflowClient.builder()
                .trackingUri("http://mlflow.invalid")
                .endpoint(
                        e -> e.bearer("s3cret").putHeader("X-Tenant", "t3nant").proxy(URI.create(SERVER.baseUrl())))
                .build()
                .artifacts("r");

        proxied.put("b.csv", ArtifactSource.of(new byte[11 << 20]));

        List<LoggedRequest> sent = SERVER.findAll(putRequestedFor(urlPathEqualTo("/b/k")));
        assertThat(sent).singleElement().satisfies(r -> {
            assertThat(r.getHeader("Host")).isEqualTo("store.invalid");
            assertThat(r.containsHeader("Authorization")).isFalse();
            assertThat(r.containsHeader("X-Tenant")).isFalse();
        });
    }

    @Test
    void list_htmlInPlaceOfJson_saysSo() throws IOException {
        SERVER.stubFor(get(urlPathEqualTo(API + "artifacts/list"))
                .willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<html>Sign in</html>")));
        SERVER.stubFor(post(urlPathMatching(PROXY + "mpu/create/.*"))
                .willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<html>Sign in</html>")));

        assertThatThrownBy(() -> artifacts().list())
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("web page where JSON was expected");
        assertThatThrownBy(() -> artifacts().log(large(), ""))
                .isInstanceOf(InvalidResponseException.class)
                .hasMessageContaining("web page where JSON was expected");
    }

    @Test
    @Proves("mlflow.artifacts.faults")
    void download_chunkedAnswerCutOff_isRepeatedThenAFailure() throws IOException {
        listing("{\"path\":\"a.bin\",\"file_size\":6}");
        SERVER.stubFor(get(urlPathMatching(PROXY + "artifacts/.*"))
                .willReturn(aResponse().withBody("abc").withFault(Fault.MALFORMED_RESPONSE_CHUNK)));

        assertThatThrownBy(() -> artifacts().download("a.bin", folder.resolve("in")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("attempt 3 of 3");
        nothingIsLeft(folder.resolve("in"));
    }

    @Test
    @Proves("mlflow.artifacts.faults")
    void put_refusedBeforeTheBodyIsRead_isSentAgainWithANewToken() throws Exception {
        AtomicInteger renewed = new AtomicInteger();
        CredentialsProvider expiring = new CredentialsProvider() {
            @Override
            public Optional<Credential> resolve(URI target) {
                return Optional.of(Credential.bearer("token-" + renewed.get()));
            }

            @Override
            public void refused(Credential credential) {
                renewed.incrementAndGet();
            }
        };
        try (Impatient server = new Impatient()) {
            Artifacts artifacts = MlflowClient.builder()
                    .trackingUri(server.uri())
                    .endpoint(e -> e.credentials(expiring))
                    .build()
                    .artifacts("r");

            artifacts.put("a.bin", ArtifactSource.of(new byte[3_000_000]));

            assertThat(renewed).hasValue(1);
            assertThat(server.received.get()).isEqualTo(3_000_000);
        }
    }

    /** Answers 401 to an old token while the body is still on its way, as uvicorn does. */
    private static final class Impatient implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final java.util.concurrent.atomic.AtomicLong received = new java.util.concurrent.atomic.AtomicLong();

        Impatient() throws IOException {
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket one = socket.accept()) {
                    InputStream in = one.getInputStream();
                    String head = head(in);
                    if (head.startsWith("GET")) {
                        String json =
                                "{\"run\":{\"info\":{\"run_id\":\"r\",\"experiment_id\":\"1\",\"artifact_uri\":\"mlflow-artifacts:/1/r\"}}}";
                        answer(one, "200 OK", json);
                    } else if (head.contains("token-0")) {
                        in.readNBytes(100_000);
                        answer(one, "401 Unauthorized", "no");
                        in.skipNBytes(1_000_000); // what is under way would otherwise reset the connection
                    } else {
                        received.set(in.readNBytes(3_000_000).length);
                        answer(one, "200 OK", "");
                    }
                } catch (IOException e) {
                    // the next one
                }
            }
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int b = in.read();
                if (b < 0) {
                    break;
                }
                head.append((char) b);
            }
            return head.toString();
        }

        private static void answer(Socket to, String status, String body) throws IOException {
            to.getOutputStream()
                    .write(("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length()
                                    + "\r\nConnection: close\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            to.getOutputStream().flush();
        }

        String uri() {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
