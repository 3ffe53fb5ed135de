package dev.fairlead.internal.kube;

import dev.fairlead.error.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom the line to an API server trusts, and as whom it presents itself.
 *
 * @param trust accepts servers
 * @param key presents us, or {@code null} without a certificate
 * @param serverName the name to ask for where it differs from the address, or {@code null}
 */
public record KubeTls(
        TrustManager trust,
        @Nullable KeyManager key,
        @Nullable String serverName) {
    /** Trusts the authorities of a PEM file, or the JVM's; presents no certificate. */
    static KubeTls trusting(@Nullable Path authority) {
        try {
            byte[] pem = authority == null ? null : Files.readAllBytes(authority);
            return new KubeTls(authorities(pem), null, null);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException("the certificate authority " + authority + " cannot be used: " + e, e);
        }
    }

    /** Takes both from a kubeconfig. */
    static KubeTls of(KubeconfigEntry cluster, @Nullable KubeconfigEntry user, @Nullable ExecCredentials exec) {
        String serverName = cluster.text("tls-server-name").orElse(null);
        return new KubeTls(trust(cluster, serverName), key(user, exec), serverName);
    }

    private static TrustManager trust(KubeconfigEntry cluster, @Nullable String serverName) {
        byte[] pem = cluster.content("certificate-authority").orElse(null);
        if (cluster.flag("insecure-skip-tls-verify")) {
            if (pem != null) {
                throw cluster.wrong("insecure-skip-tls-verify", "must not stand beside a certificate-authority");
            }
            return new ServerTrust.All();
        }
        try {
            X509ExtendedTrustManager authorities = authorities(pem);
            return serverName == null ? authorities : new ServerTrust.Named(authorities, serverName);
        } catch (IOException | GeneralSecurityException e) {
            throw cluster.wrong("certificate-authority", "cannot be used: " + e.getMessage());
        }
    }

    private static X509ExtendedTrustManager authorities(byte @Nullable [] pem)
            throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore store = null;
        if (pem != null) {
            store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int i = 0;
            for (Certificate certificate : certificates(pem)) {
                store.setCertificateEntry("ca-" + i++, certificate);
            }
        }
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JVM offers no X.509 trust manager");
    }

    private static Collection<? extends Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate in it");
        }
        return certificates;
    }

    private static @Nullable KeyManager key(@Nullable KubeconfigEntry user, @Nullable ExecCredentials exec) {
        if (exec != null) {
            return new ClientKey(() -> exec.certificate().map(KubeTls::pair).orElse(null));
        }
        byte[] certificate =
                user == null ? null : user.content("client-certificate").orElse(null);
        byte[] key = user == null ? null : user.content("client-key").orElse(null);
        if (user == null || (certificate == null && key == null)) {
            return null;
        }
        if (certificate == null || key == null) {
            throw user.wrong("client-key", "and client-certificate must be set together");
        }
        try {
            ClientKey.Pair pair = pair(certificate, key);
            return new ClientKey(() -> pair);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw user.wrong("client-certificate", "and client-key cannot be used: " + e.getMessage());
        }
    }

    /** Throws unless the certificate that a plugin gave can be used. */
    static void check(ExecPlugin.ExecResult result) {
        var unused = pair(result);
    }

    private static ClientKey.Pair pair(ExecPlugin.ExecResult result) {
        try {
            byte[] certificate = String.valueOf(result.certificate()).getBytes(StandardCharsets.US_ASCII);
            byte[] key = String.valueOf(result.key()).getBytes(StandardCharsets.US_ASCII);
            return pair(certificate, key);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConfigurationException(
                    "the certificate that the credential plugin gave cannot be used: " + e.getMessage(), e);
        }
    }

    private static ClientKey.Pair pair(byte[] certificate, byte[] key) throws GeneralSecurityException {
        PrivateKey read = PrivateKeys.read(key);
        X509Certificate[] chain = certificates(certificate).stream()
                .map(X509Certificate.class::cast)
                .toArray(X509Certificate[]::new);
        return new ClientKey.Pair(chain, read);
    }

    @Override
    public String toString() {
        return "KubeTls[" + (key == null ? "no client certificate" : "client certificate") + "]";
    }
}
