package dev.fairlead.contract.flights;

import dev.fairlead.spi.JsonCodec;
import dev.fairlead.testing.server.KubeCluster;
import dev.fairlead.testing.server.MlServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Plays the model initializer and the container that no kubelet runs here: reads the model's address from a pod that the real operator made,
 * copies the folder from the S3 server, and loads the copy into the real MLServer that port-forwards end at.
 */
final class Initializer implements AutoCloseable {
    private final KubeCluster cluster;
    private final String namespace;
    private final Path bucket;
    private final MlServer server;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "initializer");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Path copied;
    private String loaded = "";

    Initializer(KubeCluster cluster, String namespace, Path bucket, MlServer server) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.bucket = bucket;
        this.server = server;
        looking.scheduleWithFixedDelay(this::look, 0, 200, TimeUnit.MILLISECONDS);
    }

    Optional<Path> copied() {
        return Optional.ofNullable(copied);
    }

    private void look() {
        try {
            String pods = cluster.get("/api/v1/namespaces/" + namespace + "/pods?labelSelector=seldon-deployment-id")
                    .orElse("{}");
            for (Map<String, Object> pod : items(pods)) {
                load(pod);
            }
        } catch (RuntimeException | IOException e) {
            System.err.println("the initializer could not load the model: " + e);
        }
    }

    private void load(Map<String, Object> pod) throws IOException {
        Map<?, ?> spec = (Map<?, ?>) pod.get("spec");
        for (Object each : (List<?>)
                Optional.ofNullable((Object) spec.get("initContainers")).orElse(List.of())) {
            Map<?, ?> container = (Map<?, ?>) each;
            String name = String.valueOf(container.get("name"));
            String uri = String.valueOf(((List<?>) container.get("args")).get(0));
            if (name.endsWith("-model-initializer") && !loaded.equals(uri)) {
                Path folder = copy(bucket.resolve(uri.replaceFirst("^s3://[^/]+/", "")));
                server.loadMlflowModel(name.replace("-model-initializer", ""), folder);
                loaded = uri;
                copied = folder;
            }
        }
    }

    private static Path copy(Path from) throws IOException {
        Path to = Files.createTempDirectory("served-model");
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return to;
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> items(String list) {
        Object items = JsonCodec.camelCase()
                .object(list.getBytes(StandardCharsets.UTF_8), "a list")
                .get("items");
        return items == null ? List.of() : (List<Map<String, Object>>) items;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
