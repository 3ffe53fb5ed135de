package dev.fairlead.internal.kube;

import dev.fairlead.config.Timeouts;
import dev.fairlead.credentials.Credential;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps fabric8's typed client, made when first wanted, and anew when somebody closed it. It has its own pool: closing it harms nobody. */
final class KubeClients implements AutoCloseable {
    private final KubeTarget target;
    private final Timeouts timeouts;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable KubernetesClient client;

    KubeClients(KubeTarget target, Timeouts timeouts) {
        this.target = target;
        this.timeouts = timeouts;
    }

    KubernetesClient typed() {
        lock.lock();
        try {
            if (client == null || client.getHttpClient().isClosed()) {
                client = make();
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    private KubernetesClient make() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(target.server().toString())
                .withNamespace(target.namespace())
                .withHttp2Disable(true)
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout(Math.toIntExact(timeouts.connect().toMillis()))
                .withRequestTimeout(Math.toIntExact(timeouts.call().toMillis()))
                .build();
        KubeHttp http = new KubeHttp(target, timeouts);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(http)
                .withHttpClientBuilderConsumer(builder -> {
                    http.configure(builder);
                    builder.tag(config.getRequestConfig());
                    builder.addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, new Presenting());
                })
                .build();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Presents our credentials to the API server alone, and new ones once when it does not know them. */
    private final class Presenting implements Interceptor {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (!isTarget(request.uri())) {
                return;
            }
            present(builder);
            target.impersonation().forEach(header -> builder.header(header.getKey(), header.getValue()));
        }

        private void present(BasicBuilder builder) {
            Optional<Credential> credential = target.credentials().resolve(target.server());
            credential.ifPresent(c -> c.headers().forEach(builder::setHeader));
        }

        @Override
        public CompletableFuture<Boolean> afterFailure(
                BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
            if (response.code() != 401 || !isTarget(response.request().uri())) {
                return CompletableFuture.completedFuture(false);
            }
            Optional<Credential> refused = target.credentials().resolve(target.server());
            refused.ifPresent(target.credentials()::refused);
            Optional<Credential> fresh = target.credentials().resolve(target.server());
            if (fresh.isEmpty() || fresh.equals(refused)) {
                return CompletableFuture.completedFuture(false);
            }
            present(builder);
            return CompletableFuture.completedFuture(true);
        }

        private boolean isTarget(URI uri) {
            return target.server().getHost().equals(uri.getHost())
                    && target.server().getPort() == uri.getPort();
        }
    }
}
