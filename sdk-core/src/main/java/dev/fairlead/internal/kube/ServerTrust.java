package dev.fairlead.internal.kube;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trust in API servers that goes by other rules than the JVM's: any server, or one whose certificate names another host. */
abstract class ServerTrust extends X509ExtendedTrustManager {
    abstract void check(X509Certificate[] chain, String authType) throws CertificateException;

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    /** Trusts any server: {@code insecure-skip-tls-verify}. */
    static final class All extends ServerTrust {
        @Override
        void check(X509Certificate[] chain, String authType) {}
    }

    /** Trusts a server whose certificate is for the name given, whatever its address: {@code tls-server-name}. */
    static final class Named extends ServerTrust {
        private static final int DNS = 2;
        private static final int IP = 7;

        private final X509ExtendedTrustManager authorities;
        private final String name;

        Named(X509ExtendedTrustManager authorities, String name) {
            this.authorities = authorities;
            this.name = name.toLowerCase(Locale.ROOT);
        }

        @Override
        void check(X509Certificate[] chain, String authType) throws CertificateException {
            authorities.checkServerTrusted(chain, authType);
            Collection<List<?>> names = chain[0].getSubjectAlternativeNames();
            if (names == null || names.stream().noneMatch(this::matches)) {
                throw new CertificateException("the server's certificate is not for tls-server-name " + name);
            }
        }

        private boolean matches(List<?> alternative) {
            int kind = (Integer) alternative.get(0);
            String value = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
            if (kind == IP || !value.startsWith("*.")) {
                return (kind == DNS || kind == IP) && value.equals(name);
            }
            int dot = name.indexOf('.');
            return kind == DNS && dot > 0 && name.substring(dot).equals(value.substring(1));
        }
    }
}
