package dev.fairlead.contract.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.MlPlatform;
import dev.fairlead.config.RetryPolicy;
import dev.fairlead.credentials.Credential;
import dev.fairlead.credentials.CredentialsProvider;
import dev.fairlead.error.MlPlatformException;
import dev.fairlead.error.TransportException;
import dev.fairlead.mlflow.Artifact;
import dev.fairlead.mlflow.ArtifactSource;
import dev.fairlead.mlflow.Artifacts;
import dev.fairlead.mlflow.Experiment;
import dev.fairlead.mlflow.MlflowClient;
import dev.fairlead.spi.ObjectStore;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.LeakCheck;
import dev.fairlead.support.Proves;
import dev.fairlead.support.RanOn;
import dev.fairlead.testing.RecordedRequest;
import dev.fairlead.testing.internal.http.FaultProxy;
import dev.fairlead.testing.server.MlflowServer;
import dev.fairlead.testing.server.RealServers;
import dev.fairlead.testing.server.RealServers.Kind;
import dev.fairlead.testing.server.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real server on S3: in parts through it, with signed addresses, and with artifacts that lie in S3 without it. */
@RanOn("mlflow 3.17.2 on s3proxy 4.1.0")
@ExtendWith(LeakCheck.class)
class RealS3ArtifactsIT {
    private static final int SIZE = 17_000_000;
    private static final String GET_PART = "GET artifacts/large%20bin";

    @TempDir
    Path folder;

    private static S3Server s3;
    private static FaultProxy store;
    private static MlflowServer server;
    private static FaultProxy mlflow;

    private Experiment proxied;
    private Experiment direct;
    private MlflowClient client;

    @BeforeAll
    static void startServers() throws IOException {
        RealServers.require(Kind.MLFLOW);
        Path classPath = Path.of(System.getProperty("fairlead.root"), "s3-server", "target", "classpath.txt");
        s3 = S3Server.builder(Files.readString(classPath).strip()).start();
        s3.createBucket("mlflow");
        store = FaultProxy.to(s3.uri());
        server = MlflowServer.builder()
                .artifacts("s3://mlflow/proxied")
                .s3(store.uri(), "any", "any")
                .start();
        mlflow = FaultProxy.to(server.uri());
    }

    @AfterAll
    static void stopServers() {
        for (AutoCloseable each : new AutoCloseable[] {mlflow, server, store, s3}) {
            if (each != null) {
                try {
                    each.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @BeforeEach
    void connect() {
        client = client(3);
        proxied = client.experiments().ensure("proxied");
        direct = client.experiments()
                .find("direct")
                .orElseGet(() -> client.experiments()
                        .create("direct", e -> e.artifactLocation(URI.create("s3://mlflow/direct"))));
        forget();
    }

    private static void forget() {
        store.journal().clear();
        mlflow.journal().clear();
    }

    @AfterEach
    void noFaultIsLeft() {
        int left = store.faults().pending() + mlflow.faults().pending();
        store.faults().clear();
        mlflow.faults().clear();
        assertThat(left).as("faults that met no call").isZero();
    }

    private static MlflowClient client(int attempts) {
        return MlflowClient.builder()
                .trackingUri(mlflow.uri())
                .endpoint(e -> e.bearer("s3cret"))
                .platform(p -> p.retry(new RetryPolicy(attempts, Duration.ofMillis(1), Duration.ofMillis(5), 10_000)))
                .build();
    }

    private Artifacts of(MlflowClient of, Experiment experiment) {
        return of.artifacts(client.runs().start(experiment).id())
                .with(o -> o.multipartThreshold(8_000_000).partSize(5 << 20));
    }

    private Path large() throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(11).nextBytes(bytes);
        return Files.write(folder.resolve("large bin"), bytes);
    }

    private static List<RecordedRequest> store(String operation) {
        return store.journal().of(operation);
    }

    private static void noCredentialsWentToTheStore() {
        assertThat(store.journal().all())
                .noneMatch(r -> r.headers()
                        .getOrDefault("authorization", List.of())
                        .toString()
                        .contains("s3cret"));
    }

    @Test
    @Proves({"mlflow.artifacts.parts", "mlflow.token-stays"})
    void log_largeFile_goesInPartsThoughOneFailsTwice() throws IOException {
        Artifacts artifacts = of(client, proxied).with(o -> o.parallelism(1));
        Path file = large();
        store.faults().failNext("PUT mlflow", 503, 2);

        artifacts.log(file, "d é");

        assertThat(mlflow.journal().of("PUT artifacts"))
                .as("through the server")
                .isEmpty();
        assertThat(store("PUT mlflow"))
                .hasSize(4 + 2)
                .noneMatch(r -> r.headers().containsKey("authorization"));
        assertThat(artifacts.list("d é")).containsExactly(new Artifact("d é/large bin", false, SIZE));
        assertThat(artifacts.download("d é/large bin", folder.resolve("got"))).hasSameBinaryContentAs(file);
        noCredentialsWentToTheStore();
    }

    @Test
    @Proves("mlflow.artifacts.parts")
    void log_partThatFailsForGood_isGivenUpAsAWhole() throws Exception {
        Artifacts artifacts = of(client, proxied);
        store.faults().failNext("PUT mlflow", 400, 1);

        assertThatThrownBy(() -> artifacts.log(large(), ""))
                .isInstanceOf(MlPlatformException.class)
                .hasMessageNotContaining("X-Amz-Signature");

        assertThat(artifacts.list()).isEmpty();
        assertThat(mlflow.journal().of("POST mlflow-artifacts/mpu/abort")).hasSize(1);
        HttpResponse<String> uploads = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(s3.uri().resolve("/mlflow?uploads"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(uploads.body()).contains("ListMultipartUploadsResult").doesNotContain("<Upload>");
    }

    @Test
    @Proves("mlflow.artifacts.parts")
    void log_lostAnswerOfTheEnd_isWholeNevertheless() throws IOException {
        Artifacts artifacts = of(client, proxied);
        mlflow.faults().dropNextReply("POST mlflow-artifacts/mpu/complete", 1);

        artifacts.log(large(), "");

        assertThat(artifacts.list()).containsExactly(new Artifact("large bin", false, SIZE));
    }

    @Test
    @Proves("mlflow.artifacts.signed-download")
    void download_largeFile_comesInPartsThoughOneIsTruncatedAndOneExpired() throws IOException {
        Artifacts artifacts = of(client, proxied);
        Path file = large();
        artifacts.log(file, "");
        forget();
        store.faults().truncateNextReply(GET_PART, 100_000, 2).failNext(GET_PART, 403, 1);

        Path got = artifacts.download("large bin", folder.resolve("got"));

        assertThat(got).hasSameBinaryContentAs(file);
        assertThat(mlflow.journal().of("GET mlflow-artifacts/artifacts")).isEmpty();
        assertThat(mlflow.journal().of("GET mlflow-artifacts/presigned")).hasSize(2);
        assertThat(store(GET_PART))
                .hasSizeGreaterThanOrEqualTo(4 + 3)
                .allMatch(r -> r.headers().containsKey("range"));
        noCredentialsWentToTheStore();
    }

    @Test
    @Proves("mlflow.artifacts.signed-download")
    void download_truncatedAgainAndAgain_leavesNothing() throws IOException {
        Artifacts artifacts = of(client(1), proxied).with(o -> o.parallelism(1));
        artifacts.log(large(), "");
        store.faults().truncateNextReply(GET_PART, 100_000, 1);

        assertThatThrownBy(() -> artifacts.download("large bin", folder.resolve("got")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("broke off");
        try (var left = Files.list(folder.resolve("got"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @Proves({"mlflow.artifacts.signed-upload", "mlflow.artifacts.direct"})
    void direct_everySize_needsNoKeysHere() throws IOException {
        Artifacts artifacts = of(client, direct);
        Path file = large();

        artifacts.log(file, "d");
        artifacts.putText("d/small.txt", "small");
        artifacts.putText("d/empty", "");
        artifacts.put("d/stream", () -> Files.newInputStream(file));

        assertThat(artifacts.root().toString()).startsWith("s3://mlflow/direct/");
        assertThat(artifacts.list("d"))
                .containsExactlyInAnyOrder(
                        new Artifact("d/large bin", false, SIZE),
                        new Artifact("d/small.txt", false, 5),
                        new Artifact("d/empty", false, 0),
                        new Artifact("d/stream", false, SIZE));
        assertThat(mlflow.journal().of("POST artifacts/presigned-upload-url")).hasSize(3);
        assertThat(mlflow.journal().of("POST upload-artifact")).hasSize(1);
        forget();
        assertThat(artifacts.text("d/small.txt")).isEqualTo("small");
        artifacts.downloadTree("d", folder.resolve("got"));
        assertThat(folder.resolve("got/large bin")).hasSameBinaryContentAs(file);
        assertThat(folder.resolve("got/stream")).hasSameBinaryContentAs(file);
        assertThat(folder.resolve("got/empty")).isEmptyFile();
        assertThat(mlflow.journal().of("POST artifacts/presigned-download-url")).hasSize(2);
        noCredentialsWentToTheStore();
    }

    @Test
    @Proves({"s3.store", "mlflow.artifacts.direct"})
    void direct_withKeysOfOnesOwn_deletesAsWell() throws IOException {
        MlflowClient withKeys = MlflowClient.builder()
                .trackingUri(mlflow.uri())
                .platform(p -> p.setting("s3.endpoint", store.uri().toString())
                        .setting("s3.access-key", "any")
                        .setting("s3.secret-key", "any"))
                .build();
        Artifacts artifacts = of(withKeys, direct);
        artifacts.putText("d/e/a é.txt", "a");
        artifacts.putText("d/b", "b");
        artifacts.putText("dd", "stays");

        artifacts.delete("d");
        artifacts.delete("d");

        assertThat(artifacts.list()).extracting(Artifact::path).containsExactly("dd");
        artifacts.delete("dd");
        assertThat(artifacts.list()).isEmpty();
    }

    @Test
    @Proves("s3.store")
    void store_largeObject_goesInPartsAndComesBackInRanges() throws IOException {
        PlatformSpi platform = PlatformSpi.of(MlPlatform.builder()
                .withoutKubernetes()
                .setting("s3.endpoint", store.uri().toString())
                .setting("s3.access-key", "any")
                .setting("s3.secret-key", "any")
                .build());
        ObjectStore objects = ObjectStore.of("s3", platform).orElseThrow();
        byte[] bytes = new byte[70_000_000];
        new Random(4).nextBytes(bytes);
        URI at = URI.create("s3://mlflow/own/large%20%C3%A9.bin");
        store.faults().failNext("PUT own", 503, 1);

        objects.put(at, () -> new ByteArrayInputStream(bytes), bytes.length);

        assertThat(objects.find(at))
                .hasValueSatisfying(o -> assertThat(o.size()).isEqualTo(bytes.length));
        try (var all = objects.list(URI.create("s3://mlflow/own"))) {
            assertThat(all.map(o -> o.address().getPath())).containsExactly(at.getPath());
        }
        try (InputStream in = objects.open(at, 69_999_000, -1)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 69_999_000, bytes.length));
        }
        objects.delete(at);
        assertThat(objects.find(at)).isEmpty();
    }

    @Test
    @Proves("mlflow.artifacts.faults")
    void log_tokenExpiredMidUpload_isRenewedOnceAndGoesOn() throws IOException {
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
        MlflowClient short_ = MlflowClient.builder()
                .trackingUri(mlflow.uri())
                .endpoint(e -> e.credentials(expiring))
                .build();
        Artifacts artifacts = of(short_, proxied);
        mlflow.faults()
                .failNext("POST mlflow-artifacts/mpu/complete", 401, 1)
                .failNext("PUT mlflow-artifacts/artifacts", 401, 1)
                .failNext("PUT mlflow-artifacts/artifacts", 503, 1);

        artifacts.log(large(), "");
        artifacts.put("stream", ArtifactSource.of(new byte[3_000_000]));

        assertThat(renewed).hasValue(2);
        assertThat(artifacts.list())
                .containsExactlyInAnyOrder(
                        new Artifact("large bin", false, SIZE), new Artifact("stream", false, 3_000_000));
        assertThat(mlflow.journal().of("POST mlflow-artifacts/mpu/create")).hasSize(1);
    }
}
