package dev.fairlead.internal.kube;

import dev.fairlead.config.Timeouts;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Makes fabric8's HTTP clients for one target: over HTTP/1.1, on daemon threads of ours, repeating nothing by themselves. */
final class KubeHttp extends JdkHttpClientFactory {
    private static final AtomicLong THREADS = new AtomicLong();

    private final KubeTarget target;
    private final Timeouts timeouts;
    private final ExecutorService executor = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "fairlead-kube-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    KubeHttp(KubeTarget target, Timeouts timeouts) {
        this.target = target;
        this.timeouts = timeouts;
    }

    /** Makes a client that sends what it is given, without a header of its own. */
    HttpClient bare() {
        HttpClient.Builder builder = newBuilder();
        configure(builder);
        return builder.build();
    }

    /** Sets what belongs to the target. */
    void configure(HttpClient.Builder builder) {
        RequestConfig once =
                new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build();
        builder.tag(once);
        builder.preferHttp11();
        builder.connectTimeout(timeouts.connect().toMillis(), TimeUnit.MILLISECONDS);
        KeyManager[] keys = target.tls().key() == null
                ? null
                : new KeyManager[] {target.tls().key()};
        builder.sslContext(keys, new TrustManager[] {target.tls().trust()});
        URI proxy = target.proxy();
        if (proxy == null) {
            builder.proxyType(HttpClient.ProxyType.DIRECT);
        } else {
            builder.proxyType(HttpClient.ProxyType.HTTP);
            builder.proxyAddress(new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort()));
        }
    }

    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
        return java.net.http.HttpClient.newBuilder().executor(executor);
    }

    @Override
    protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
        String name = target.tls().serverName();
        if (name != null) {
            SSLParameters parameters = new SSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            builder.sslParameters(parameters);
        }
    }

    @Override
    protected void closeHttpClient(JdkHttpClientImpl client) {
        executor.shutdownNow();
    }
}
