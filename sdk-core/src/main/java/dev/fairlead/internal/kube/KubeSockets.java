package dev.fairlead.internal.kube;

import dev.fairlead.config.Timeouts;
import dev.fairlead.credentials.Credential;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.error.TransportException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Opens WebSockets to the API server with the JDK's client: fabric8's wrapper of it gives no word of when a message was sent, and loses
 * what is sent before that.
 */
final class KubeSockets implements AutoCloseable {
    private static final AtomicLong THREADS = new AtomicLong();

    private final KubeTarget target;
    private final Timeouts timeouts;
    private final ExecutorService executor = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fairlead-kube-socket-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient client;

    KubeSockets(KubeTarget target, Timeouts timeouts) {
        this.target = target;
        this.timeouts = timeouts;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .executor(executor)
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeouts.connect())
                .sslContext(context(target.tls()));
        URI proxy = target.proxy();
        if (proxy != null) {
            int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
            builder.proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), port)));
        }
        this.client = builder.build();
    }

    private static SSLContext context(KubeTls tls) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = tls.key() == null ? null : new KeyManager[] {tls.key()};
            context.init(keys, new TrustManager[] {tls.trust()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException("the TLS settings of the cluster cannot be used: " + e.getMessage(), e);
        }
    }

    /** Opens one and closes it, so that a refusal is told now. */
    void prove(String operation, String path) {
        dial(operation, path, new WebSocket.Listener() {}).abort();
    }

    /** Opens one; credentials that are not known are renewed once. */
    WebSocket dial(String operation, String path, WebSocket.Listener listener) {
        Optional<Credential> credential = target.credentials().resolve(target.server());
        try {
            return dial(path, listener, credential);
        } catch (CompletionException e) {
            if (credential.isEmpty() || status(e) != 401) {
                throw failure(operation, path, e);
            }
        }
        target.credentials().refused(credential.get());
        try {
            return dial(path, listener, target.credentials().resolve(target.server()));
        } catch (CompletionException e) {
            throw failure(operation, path, e);
        }
    }

    private WebSocket dial(String path, WebSocket.Listener listener, Optional<Credential> credential) {
        WebSocket.Builder builder =
                client.newWebSocketBuilder().connectTimeout(timeouts.connect()).subprotocols("v4.channel.k8s.io");
        credential.ifPresent(c -> c.headers().forEach(builder::header));
        target.impersonation().forEach(header -> builder.header(header.getKey(), header.getValue()));
        URI uri = URI.create(target.server().toString().replaceFirst("^http", "ws") + path);
        return builder.buildAsync(uri, listener)
                .orTimeout(timeouts.call().toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static int status(CompletionException e) {
        return e.getCause() instanceof WebSocketHandshakeException refused
                ? refused.getResponse().statusCode()
                : 0;
    }

    private RuntimeException failure(String operation, String path, CompletionException e) {
        URI uri = URI.create(target.server() + path.replaceFirst("\\?.*", ""));
        int status = status(e);
        CallDetails details = new CallDetails("kubernetes", operation, "GET", uri, status, "", "", List.of(), 1, null);
        if (status > 0) {
            String words = "the API server refused the WebSocket";
            return new KubeErrors()
                    .toException(details, Map.of(), "{\"details\":{\"name\":\"\"},\"message\":\"" + words + "\"}");
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new TransportException(details.withReason("no WebSocket: " + cause), "", false, cause);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
