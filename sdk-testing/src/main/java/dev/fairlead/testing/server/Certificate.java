package dev.fairlead.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate for loopback, made with the JDK's own keytool. */
final class Certificate {
    private static final String ALIAS = "server";

    private final Path certificate;
    private final Path key;
    private final String pem;
    private final KeyStore identity;
    private final String password;
    private final KeyStore trust;

    private Certificate(Path certificate, Path key, String pem, KeyStore identity, String password)
            throws GeneralSecurityException, IOException {
        this.certificate = certificate;
        this.key = key;
        this.pem = pem;
        this.identity = identity;
        this.password = password;
        this.trust = trust(identity);
    }

    /** Writes {@code tls.crt} and {@code tls.key} into the folder. */
    static Certificate create(Path folder) {
        Folders.create(folder);
        Path file = folder.resolve("store.p12");
        Folders.delete(file);
        String password = Secrets.token();
        keytool(folder, file, password);
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            String pem = pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
            String key = pem(
                    "PRIVATE KEY", store.getKey(ALIAS, password.toCharArray()).getEncoded());
            Path certificate = Folders.write(folder.resolve("tls.crt"), pem);
            return new Certificate(certificate, Folders.write(folder.resolve("tls.key"), key), pem, store, password);
        } catch (IOException | GeneralSecurityException e) {
            throw new ServerException("cannot make a certificate in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void keytool(Path folder, Path file, String password) {
        String options =
                "-genkeypair -keyalg RSA -keysize 2048 -validity 3650 -storetype PKCS12 -dname CN=fairlead-test"
                        + " -ext SAN=ip:127.0.0.1,dns:localhost -ext BC:c=ca:true -alias " + ALIAS;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", password));
        Commands.run("keytool", command, Map.of(), folder, folder.resolve("keytool.log"), Duration.ofMinutes(1));
    }

    private static KeyStore trust(KeyStore from) throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(ALIAS, from.getCertificate(ALIAS));
        return trust;
    }

    /** A fresh RSA key in PEM, for signing service-account tokens. */
    static String privateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return pem("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    private static String pem(String kind, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }

    Path certificate() {
        return certificate;
    }

    Path key() {
        return key;
    }

    /** The certificate as kubeconfigs and webhooks carry it. */
    String base64() {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** A server that shows this certificate. */
    SSLContext identifying() {
        return context(true, false);
    }

    /** A client that trusts this certificate alone. */
    SSLContext trusting() {
        return context(false, true);
    }

    /** A client that trusts this certificate alone and shows it too. */
    SSLContext identifyingAndTrusting() {
        return context(true, true);
    }

    private SSLContext context(boolean shown, boolean trusted) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(identity, password.toCharArray());
            TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusts.init(trust);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(shown ? keys.getKeyManagers() : null, trusted ? trusts.getTrustManagers() : null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ServerException("cannot use " + certificate + ": " + e.getMessage(), e);
        }
    }
}
