package dev.fairlead.internal.http;

import dev.fairlead.error.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Says whom a service's line trusts and as whom it presents itself.
 *
 * @param caFile the authorities, PEM, or {@code null} for the JVM's
 * @param certificate our certificate, PEM, or {@code null}
 * @param key its key, PEM in PKCS#8, or {@code null}
 * @param withJvm whether the JVM's authorities are trusted besides the file's
 * @param insecure whether any certificate of the server is accepted
 */
public record TlsSettings(
        @Nullable Path caFile,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean withJvm,
        boolean insecure) {
    /** The JVM's authorities, no certificate of ours. */
    public static final TlsSettings DEFAULT = new TlsSettings(null, null, null, false, false);

    /** A file may hold certificates beside the key. */
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

    private static final char[] NO_PASSWORD = new char[0];

    void apply(OkHttpClient.Builder builder) {
        if (equals(DEFAULT)) {
            return;
        }
        try {
            X509TrustManager trust = trust();
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), new TrustManager[] {trust}, new SecureRandom());
            builder.sslSocketFactory(context.getSocketFactory(), trust);
            if (insecure) {
                builder.hostnameVerifier((host, session) -> true);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigurationException("the TLS settings (" + this + ") cannot be used: " + e.getMessage(), e);
        }
    }

    private X509TrustManager trust() throws IOException, GeneralSecurityException {
        if (insecure) {
            return new TrustAll();
        }
        if (caFile == null) {
            return trusting(null);
        }
        List<Certificate> trusted = new ArrayList<>(certificates(caFile));
        if (withJvm) {
            trusted.addAll(List.of(trusting(null).getAcceptedIssuers()));
        }
        return trusting(store(trusted));
    }

    /** Trusts the authorities of a store, or the JVM's. */
    private static X509TrustManager trusting(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this JVM offers no X.509 trust manager");
    }

    private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
        if (certificate == null || key == null) {
            return null;
        }
        KeyStore store = store(List.of());
        store.setKeyEntry(
                "client",
                privateKey(key),
                NO_PASSWORD,
                certificates(certificate).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore store(Collection<? extends Certificate> trusted)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        int i = 0;
        for (Certificate certificate : trusted) {
            store.setCertificateEntry("ca-" + i++, certificate);
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        String pem =
                KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1)).replaceAll("");
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String pem = new String(read(file), StandardCharsets.US_ASCII);
        Matcher block = KEY.matcher(pem);
        if (!block.find()) {
            throw new ConfigurationException(
                    "the key in " + file + " is not PKCS#8 PEM ('BEGIN PRIVATE KEY'); convert it with: "
                            + "openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
        }
        String base64 = block.group(1).replaceAll("\\s", "");
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // not a key of this kind: the next one is tried, and the end of the loop tells the reader
            }
        }
        throw new ConfigurationException("the key in " + file + " is neither an RSA nor an EC nor an Ed25519 key");
    }

    private static byte[] read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new ConfigurationException("the TLS file " + file + " does not exist or cannot be read");
        }
        return Files.readAllBytes(file);
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
