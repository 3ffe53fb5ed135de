package dev.fairlead.s3;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.fairlead.MlPlatform;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.PermissionException;
import dev.fairlead.error.TransportException;
import dev.fairlead.spi.ObjectStore;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3StoreTest {
    @RegisterExtension
    static final WireMockExtension S3 = WireMockExtension.newInstance()
            .options(options().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private static ObjectStore store() {
        return store("http://127.0.0.1:" + S3.getPort());
    }

    private static ObjectStore store(String endpoint) {
        MlPlatform platform = MlPlatform.builder()
                .withoutKubernetes()
                .setting("s3.endpoint", endpoint)
                .setting("s3.access-key", "key")
                .setting("s3.secret-key", "s3cret")
                .build();
        return ObjectStore.of("s3", PlatformSpi.of(platform)).orElseThrow();
    }

    private static URI at(String path) {
        return URI.create("s3://bucket/" + path);
    }

    @Test
    @Proves("s3.store")
    void list_twoPages_givesAllWithEncodedAddresses() {
        S3.stubFor(get(urlPathEqualTo("/bucket"))
                .withQueryParam("prefix", equalTo("a/"))
                .willReturn(ok(
                        "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"
                                + "<Contents><Key>a/b c.txt</Key><Size>3</Size><ETag>\"e\"</ETag></Contents>"
                                + "<Contents><Key>a/d/</Key><Size>0</Size></Contents></ListBucketResult>")));
        S3.stubFor(get(urlPathEqualTo("/bucket"))
                .withQueryParam("continuation-token", equalTo("t"))
                .willReturn(ok("<ListBucketResult><IsTruncated>false</IsTruncated>"
                        + "<Contents><Key>a/d/é%</Key><Size>4</Size></Contents></ListBucketResult>")));

        try (var all = store().list(at("a"))) {
            assertThat(all)
                    .containsExactly(
                            new ObjectStore.Stored(at("a/b%20c.txt"), 3, "\"e\""),
                            new ObjectStore.Stored(URI.create("s3://bucket/a/d/é%25"), 4, ""));
        }
    }

    @Test
    @Proves("s3.store")
    void open_aRange_asksForIt() throws Exception {
        S3.stubFor(get(urlPathEqualTo("/bucket/a%20b"))
                .willReturn(aResponse().withStatus(206).withBody("cd")));

        try (InputStream in = store().open(at("a%20b"), 2, 2)) {
            assertThat(in.readAllBytes()).isEqualTo("cd".getBytes(StandardCharsets.UTF_8));
        }
        S3.verify(getRequestedFor(urlPathEqualTo("/bucket/a%20b"))
                .withHeader("Range", equalTo("bytes=2-3"))
                .withHeader("Authorization", matching("AWS4-HMAC-SHA256 Credential=key/.*")));
    }

    @Test
    @Proves("s3.store")
    void put_small_isOneRequestThatIsRepeated() throws Exception {
        S3.stubFor(put(urlPathEqualTo("/bucket/a"))
                .inScenario("once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("then")
                .willReturn(aResponse().withStatus(503)));
        S3.stubFor(put(urlPathEqualTo("/bucket/a"))
                .inScenario("once")
                .whenScenarioStateIs("then")
                .willReturn(ok().withHeader("ETag", "\"e\"")));

        store().put(at("a"), () -> new ByteArrayInputStream("abc".getBytes(StandardCharsets.UTF_8)), 3);

        S3.verify(2, putRequestedFor(urlPathEqualTo("/bucket/a")).withRequestBody(equalTo("abc")));
    }

    @Test
    @Proves("s3.store")
    void put_largeWhosePartFails_isGivenUp() {
        S3.stubFor(post(urlPathEqualTo("/bucket/big"))
                .willReturn(
                        ok("<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>")));
        S3.stubFor(put(urlPathEqualTo("/bucket/big"))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withBody("<Error><Code>AccessDenied</Code><Message>not yours</Message></Error>")));
        S3.stubFor(delete(urlPathEqualTo("/bucket/big")).willReturn(aResponse().withStatus(204)));
        byte[] big = new byte[65 << 20];

        assertThatThrownBy(() -> store().put(at("big"), () -> new ByteArrayInputStream(big), big.length))
                .isInstanceOf(PermissionException.class)
                .hasMessageContaining("s3 put: 403 AccessDenied: not yours")
                .hasMessageContaining("AWS_ACCESS_KEY_ID");
        S3.verify(1, deleteRequestedFor(urlPathEqualTo("/bucket/big")).withQueryParam("uploadId", equalTo("u")));
    }

    @Test
    @Proves("s3.store")
    void refusals_areOurExceptions() throws Exception {
        S3.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(404)
                        .withBody("<Error><Code>NoSuchKey</Code><Message>none</Message></Error>")));
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        assertThatThrownBy(() -> store().open(at("none"), 0, -1)).isInstanceOf(NotFoundException.class);
        assertThat(store().find(at("none"))).isEmpty();
        assertThatThrownBy(() -> store("http://127.0.0.1:" + closed).find(at("none")))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("AWS_ENDPOINT_URL");
        assertThatThrownBy(() -> store("minio"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'minio'");
        assertThatThrownBy(() -> store().find(URI.create("s3:///key"))).hasMessageContaining("names no bucket");
    }
}
