package dev.fairlead.testing.seldon;

import dev.fairlead.testing.inference.FakeInferenceServer;
import dev.fairlead.testing.inference.ServedModel;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** One inference server per predictor. */
final class ModelServers implements AutoCloseable {
    private final Function<URI, ServedModel> resolver;
    private final Map<String, FakeInferenceServer> servers = new ConcurrentHashMap<>();

    ModelServers(Function<URI, ServedModel> resolver) {
        this.resolver = resolver;
    }

    ServedModel resolve(String modelUri) {
        return resolver.apply(URI.create(modelUri));
    }

    FakeInferenceServer of(String namespace, String deployment, String predictor) {
        return servers.computeIfAbsent(key(namespace, deployment, predictor), k -> FakeInferenceServer.start());
    }

    Optional<FakeInferenceServer> find(String namespace, String deployment, String predictor) {
        return Optional.ofNullable(servers.get(key(namespace, deployment, predictor)));
    }

    void stop(String namespace, String deployment, String predictor) {
        FakeInferenceServer server = servers.remove(key(namespace, deployment, predictor));
        if (server != null) {
            server.close();
        }
    }

    private static String key(String namespace, String deployment, String predictor) {
        return namespace + "/" + deployment + "/" + predictor;
    }

    @Override
    public void close() {
        servers.values().forEach(FakeInferenceServer::close);
        servers.clear();
    }
}
