package dev.fairlead.testing.server;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real MLServer (Open Inference Protocol) with the scikit-learn, MLflow and ONNX runtimes.
 *
 * <p>Models are a folder in MLServer's own layout, or MLflow model folders given before the start or loaded later.
 */
public final class MlServer extends LocalServer {
    /** The version there is a lock for. */
    public static final String CURRENT = "1.7.1";

    private static final Duration LOAD = Duration.ofMinutes(2);

    private final Path models;
    private final int grpcPort;
    private final int metricsPort;

    private MlServer(URI uri, ServerGroup group, long startedNanos, Path models, int grpcPort, int metricsPort) {
        super("MLServer", CURRENT, uri, group, startedNanos);
        this.models = models;
        this.grpcPort = grpcPort;
        this.metricsPort = metricsPort;
    }

    /**
     * Starts the description of a server.
     *
     * @return a builder whose defaults are free ports and no models
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the port of the gRPC service, cleartext on 127.0.0.1.
     *
     * @return the port
     */
    public int grpcPort() {
        return grpcPort;
    }

    /**
     * Returns the address of the Prometheus metrics.
     *
     * @return a URI ending in {@code /metrics}
     */
    public URI metricsUri() {
        return URI.create("http://127.0.0.1:" + metricsPort + "/metrics");
    }

    /**
     * Returns the folder the server loads models from.
     *
     * @return one folder per model, each with a {@code model-settings.json}
     */
    public Path models() {
        return models;
    }

    /**
     * Loads an MLflow model folder into the running server and waits until it is ready.
     *
     * @param name the name to serve it under
     * @param model the folder that holds the {@code MLmodel} file
     * @throws ServerException when the server cannot load it, with its reason
     */
    public void loadMlflowModel(String name, Path model) {
        writeMlflowModel(models, name, model);
        load(name);
    }

    /**
     * Loads a model whose settings stand in {@link #models()}, and waits until it is ready.
     *
     * @param name the name in its {@code model-settings.json}
     * @throws ServerException when the server cannot load it, with its reason
     */
    public void load(String name) {
        repository(name, "load");
    }

    /**
     * Unloads a model.
     *
     * @param name the name it is served under
     * @throws ServerException when the server does not know it
     */
    public void unload(String name) {
        repository(name, "unload");
    }

    private void repository(String name, String verb) {
        HttpRequest request = HttpRequest.newBuilder(uri().resolve("/v2/repository/models/" + name + "/" + verb))
                .timeout(LOAD)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = Http.send(request)
                .orElseThrow(() ->
                        new ServerException("MLServer did not answer the " + verb + " of " + name + "\n" + logs()));
        if (answer.statusCode() != 200) {
            throw new ServerException("MLServer refused to " + verb + " " + name + " (" + answer.statusCode() + "): "
                    + answer.body() + "\n" + logs());
        }
    }

    private static void writeMlflowModel(Path models, String name, Path model) {
        if (!Files.isRegularFile(model.resolve("MLmodel"))) {
            throw new ServerException(model + " is not an MLflow model: it has no file MLmodel");
        }
        Folders.write(models.resolve(name).resolve("model-settings.json"), """
                {"name": "%s", "implementation": "mlserver_mlflow.MLflowRuntime", "parameters": {"uri": "%s"}}
                """.formatted(name, model.toAbsolutePath()));
    }

    @Override
    List<String> details() {
        return List.of("gRPC port " + grpcPort, "metrics " + metricsUri(), "models " + models);
    }

    /** Describes the server to start. */
    public static final class Builder extends LocalServer.Builder<Builder, MlServer> {
        private final Map<String, Path> mlflowModels = new HashMap<>();
        private Optional<Path> models = Optional.empty();
        private int httpPort;
        private int grpcPort;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Loads what is in this folder. Default: an empty folder of the server.
         *
         * @param folder one folder per model, each with a {@code model-settings.json}
         * @return this builder
         */
        public Builder models(Path folder) {
            models = Optional.of(folder.toAbsolutePath());
            return this;
        }

        /**
         * Serves an MLflow model from the start.
         *
         * @param name the name to serve it under
         * @param model the folder that holds the {@code MLmodel} file
         * @return this builder
         */
        public Builder mlflowModel(String name, Path model) {
            mlflowModels.put(name, model);
            return this;
        }

        /**
         * Sets the port of the REST interface. Default: a free one.
         *
         * @param port a free port on loopback
         * @return this builder
         */
        public Builder httpPort(int port) {
            httpPort = port;
            return this;
        }

        /**
         * Sets the port of the gRPC interface. Default: a free one.
         *
         * @param port a free port on loopback
         * @return this builder
         */
        public Builder grpcPort(int port) {
            grpcPort = port;
            return this;
        }

        @Override
        public MlServer start() {
            PythonEnvironment python = PythonEnvironments.open().require("mlserver-" + CURRENT);
            ServerGroup group = new ServerGroup("MLServer", directory);
            try {
                long started = System.nanoTime();
                Path folder = Folders.create(models.orElse(group.directory().resolve("models")));
                mlflowModels.forEach((name, model) -> writeMlflowModel(folder, name, model));
                int http = group.port(httpPort);
                int grpc = group.port(grpcPort);
                int metrics = group.port();
                startIn(group, "server", python, folder, List.of(http, grpc, metrics), environment);
                URI uri = local(http);
                group.await(
                        "answer of " + uri + "/v2/health/ready",
                        startTimeout,
                        () -> Http.ok(uri.resolve("/v2/health/ready")).isPresent());
                return new MlServer(uri, group, started, folder, grpc, metrics);
            } catch (RuntimeException e) {
                group.close();
                throw e;
            }
        }
    }

    /** Starts the process alone; the ports are those of REST, gRPC and the metrics. */
    static void startIn(
            ServerGroup group,
            String process,
            PythonEnvironment python,
            Path models,
            List<Integer> ports,
            Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(Map.of(
                "PATH", python.searchPath(),
                "PYTHONUNBUFFERED", "1",
                "MLSERVER_HOST", "127.0.0.1",
                "MLSERVER_HTTP_PORT", String.valueOf(ports.get(0)),
                "MLSERVER_GRPC_PORT", String.valueOf(ports.get(1)),
                "MLSERVER_METRICS_PORT", String.valueOf(ports.get(2)),
                "MLSERVER_PARALLEL_WORKERS", "0"));
        variables.putAll(environment);
        group.start(process, List.of(python.program("mlserver").toString(), "start", models.toString()), variables);
    }
}
