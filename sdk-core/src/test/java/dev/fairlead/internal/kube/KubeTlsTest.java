package dev.fairlead.internal.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.fairlead.MlPlatform;
import dev.fairlead.error.TransportException;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.support.Proves;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeTlsTest {
    private static final char[] PASSWORD = "test".toCharArray();

    @TempDir
    Path folder;

    private HttpsServer server;

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(KubeTlsTest.class.getResourceAsStream(name), name);
    }

    /** Starts an API server whose version is the name in the client's certificate. */
    private void start(String certificate) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(resource(certificate + ".p12"), PASSWORD);
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca", CertificateFactory.getInstance("X.509").generateCertificate(resource("ca.pem")));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setWantClientAuth(true);
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/version", exchange -> {
            String name;
            try {
                name = ((HttpsExchange) exchange)
                        .getSSLSession()
                        .getPeerPrincipal()
                        .getName();
            } catch (SSLPeerUnverifiedException e) {
                name = "nobody";
            }
            byte[] body = ("{\"gitVersion\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private static String base64(String name) throws Exception {
        try (InputStream in = resource(name)) {
            return Base64.getEncoder().encodeToString(in.readAllBytes());
        }
    }

    private String version(String cluster, String user) throws Exception {
        Path config = Files.writeString(
                folder.resolve("config"), """
                current-context: c
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", %s}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                users: [{name: u, user: {%s}}]
                """.formatted(server.getAddress().getPort(), cluster, user));
        try (MlPlatform platform = MlPlatform.builder()
                .kubeconfig(config)
                .retry(r -> r.withMaxAttempts(1))
                .build()) {
            return PlatformSpi.of(platform).kube().version();
        }
    }

    @ParameterizedTest
    @Proves("core.kube.client-certificate")
    @ValueSource(strings = {"rsa-pkcs1", "ec-sec1", "ec-pkcs8"})
    void version_withClientCertificate_presentsIt(String client) throws Exception {
        start("loop");
        String user =
                "client-certificate-data: " + base64(client + ".pem") + ", client-key-data: " + base64(client + ".key");
        assertThat(version("certificate-authority-data: " + base64("ca.pem"), user))
                .isEqualTo("CN=" + client);
    }

    @Test
    @Proves("core.kube.client-certificate")
    void version_withCertificateOfAPlugin_presentsIt() throws Exception {
        start("loop");
        String status =
                "{\"clientCertificateData\":" + json("ec-sec1.pem") + ",\"clientKeyData\":" + json("ec-sec1.key") + "}";
        Path plugin = Files.writeString(
                folder.resolve("plugin"),
                "#!/bin/sh\ncat <<'END'\n{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":"
                        + status + "}\nEND\n");
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        String user = "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never}";
        assertThat(version("certificate-authority-data: " + base64("ca.pem"), user))
                .isEqualTo("CN=ec-sec1");
    }

    private static String json(String name) throws Exception {
        try (InputStream in = resource(name)) {
            return "\"" + new String(in.readAllBytes(), StandardCharsets.US_ASCII).replace("\n", "\\n") + "\"";
        }
    }

    @Test
    void version_authorityUnknown_isRefusedWithoutAnotherAttempt() throws Exception {
        start("loop");
        assertThatThrownBy(() -> version("", "token: t"))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.outcomeUnknown()).isFalse())
                .hasMessageContaining("TLS: ");
    }

    @Test
    @Proves("core.kube.tls-names")
    void version_certificateForAnotherName_isRefusedUnlessThatNameIsAskedFor() throws Exception {
        start("server");
        String authority = "certificate-authority-data: " + base64("ca.pem");
        assertThatThrownBy(() -> version(authority, "token: t")).isInstanceOf(TransportException.class);
        assertThat(version(authority + ", tls-server-name: kubernetes.default.svc", "token: t"))
                .isEqualTo("nobody");
        assertThat(version(authority + ", tls-server-name: api.fairlead.test", "token: t"))
                .isEqualTo("nobody");
        assertThatThrownBy(() -> version(authority + ", tls-server-name: other.example.org", "token: t"))
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("not for tls-server-name other.example.org");
    }

    @Test
    void version_insecureOnPurpose_acceptsAnyServer() throws Exception {
        start("server");
        assertThat(version("insecure-skip-tls-verify: true", "token: t")).isEqualTo("nobody");
    }
}
