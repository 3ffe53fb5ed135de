package dev.fairlead.internal.kube;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Presents one client certificate, which may change from handshake to handshake, as a plugin's does. */
@SuppressWarnings("NullAway") // null is how this interface of the JDK says "none"
final class ClientKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "client";

    private final Supplier<@Nullable Pair> pair;

    ClientKey(Supplier<@Nullable Pair> pair) {
        this.pair = pair;
    }

    /** A certificate chain and its key. */
    static final class Pair {
        private final X509Certificate[] chain;
        private final PrivateKey key;

        Pair(X509Certificate[] chain, PrivateKey key) {
            this.chain = chain;
            this.key = key;
        }
    }

    private @Nullable String alias(String[] keyTypes) {
        Pair now = pair.get();
        boolean fits = now != null && List.of(keyTypes).contains(now.key.getAlgorithm());
        return fits ? ALIAS : null;
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return alias(new String[] {keyType}) == null ? null : new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        Pair now = pair.get();
        return now == null ? null : now.chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        Pair now = pair.get();
        return now == null ? null : now.key;
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
