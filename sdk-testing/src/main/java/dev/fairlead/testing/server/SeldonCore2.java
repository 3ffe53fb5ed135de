package dev.fairlead.testing.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The real Seldon Core 2 on a {@link KubeCluster}: its operator and its scheduler in the namespace {@link #NAMESPACE}, and, as far as they
 * are asked for with {@link #connect}, replicas of its model servers: agent, rclone and MLServer. There is no Envoy and no Kafka, so that
 * pipelines are judged and not run.
 *
 * <p>The cluster holds a ServerConfig {@code mlserver}; Servers are the caller's to make.
 */
public final class SeldonCore2 extends LocalServer {
    /** The version. */
    public static final String CURRENT = "2.6.0";
    /** The namespace it works in. */
    public static final String NAMESPACE = "seldon-mesh";

    /** Where the operator looks for its scheduler, and nowhere else. */
    private static final int SCHEDULER_PORT = 9004;

    /** Percent, as in the ServerConfig. */
    private static final String OVERCOMMIT = "10";

    private static final Duration CONNECT = Duration.ofMinutes(2);

    private final SeldonFiles files;
    private final Path kubeconfig;
    private final int agentPort;
    private final ReentrantLock starting = new ReentrantLock();
    private int rclone;
    private int modelHttp;
    private int modelGrpc;

    private SeldonCore2(
            URI uri, ServerGroup group, long startedNanos, SeldonFiles files, Path kubeconfig, int agentPort) {
        super("Seldon Core 2", CURRENT, uri, group, startedNanos);
        this.files = files;
        this.kubeconfig = kubeconfig;
        this.agentPort = agentPort;
    }

    /**
     * Starts the description of an installation.
     *
     * @param cluster the cluster it works on; it must outlive the installation, and holds one of them at most
     * @return a builder
     */
    public static Builder builder(KubeCluster cluster) {
        return new Builder(cluster);
    }

    /**
     * Connects one replica of a Server, as its pod would: an agent that tells the scheduler of itself. The replicas share one rclone and one
     * MLServer, which the first of them starts.
     *
     * @param server the name of the Server
     * @param replica the index of the replica, from 0
     * @param memoryBytes the memory request of its MLServer; the models may have a tenth more, as the ServerConfig says
     * @param capabilities what it says that it can run, such as {@code sklearn}
     * @return the address of the replica's REST interface, which wants the headers that Envoy sets: {@code seldon-model} and
     *     {@code seldon-internal-model} ({@code name_version})
     * @throws ServerException when it does not connect within 2 minutes
     */
    public URI connect(String server, int replica, long memoryBytes, List<String> capabilities) {
        starting.lock();
        try {
            if (modelHttp == 0) {
                startModelServer();
            }
        } finally {
            starting.unlock();
        }
        int proxy = group.port();
        String process = "agent-" + server + "-" + replica;
        List<String> command =
                new ArrayList<>(List.of(files.core2Program("agent").toString()));
        flags(server, replica, memoryBytes, capabilities, proxy)
                .forEach((flag, value) -> command.addAll(List.of("--" + flag, value)));
        group.start(process, command, Map.of("POD_NAMESPACE", NAMESPACE, "SELDON_OVERCOMMIT_PERCENTAGE", OVERCOMMIT));
        Path log = directory().resolve(process + ".log");
        group.await(
                "connection of " + process,
                CONNECT,
                () -> Folders.tail(log, 1000).contains("Subscribed to scheduler"));
        return local(proxy);
    }

    private Map<String, String> flags(
            String server, int replica, long memoryBytes, List<String> capabilities, int proxy) {
        return Map.ofEntries(
                Map.entry("kubeconfig", kubeconfig.toString()),
                Map.entry("server-type", "mlserver"),
                Map.entry("server-name", server),
                Map.entry("server-idx", String.valueOf(replica)),
                Map.entry("namespace", NAMESPACE),
                Map.entry("capabilities", String.join(",", capabilities)),
                Map.entry("memory-bytes", String.valueOf(memoryBytes)),
                Map.entry("agent-host", "127.0.0.1"),
                Map.entry("agent-folder", directory().toString()),
                // Left to the ConfigMap.
                Map.entry("config-path", ""),
                Map.entry(
                        "tracing-config-path",
                        directory().resolve("tracing.json").toString()),
                Map.entry("inference-host", "127.0.0.1"),
                Map.entry("inference-http-port", String.valueOf(modelHttp)),
                Map.entry("inference-grpc-port", String.valueOf(modelGrpc)),
                Map.entry("reverse-proxy-http-port", String.valueOf(proxy)),
                Map.entry("reverse-proxy-grpc-port", String.valueOf(group.port())),
                Map.entry("metrics-port", String.valueOf(group.port())),
                Map.entry("drainer-port", String.valueOf(group.port())),
                Map.entry("debug-grpc-port", String.valueOf(group.port())),
                Map.entry("scheduler-host", "127.0.0.1"),
                Map.entry("scheduler-port", String.valueOf(agentPort)),
                Map.entry("rclone-host", "127.0.0.1"),
                Map.entry("rclone-port", String.valueOf(rclone)));
    }

    /** Started on the folder the agents fetch models into, without loading any by itself. */
    private void startModelServer() {
        PythonEnvironment python = PythonEnvironments.open().require("mlserver-" + MlServer.CURRENT);
        rclone = group.port();
        Path settings = directory().resolve("rclone.conf");
        group.start(
                "rclone",
                List.of("rclone", "rcd", "--rc-no-auth", "--rc-addr=127.0.0.1:" + rclone, "--config=" + settings),
                Map.of());
        int http = group.port();
        modelGrpc = group.port();
        Path models = Folders.create(directory().resolve("models"));
        MlServer.startIn(
                group,
                "mlserver",
                python,
                models,
                List.of(http, modelGrpc, group.port()),
                Map.of("MLSERVER_LOAD_MODELS_AT_STARTUP", "false"));
        URI ready = local(http).resolve("/v2/health/ready");
        group.await("answer of " + ready, CONNECT, () -> Http.ok(ready).isPresent());
        modelHttp = http;
    }

    /** Describes the installation to start. */
    public static final class Builder extends LocalServer.Builder<Builder, SeldonCore2> {
        private static final String GROUP = "/apis/mlops.seldon.io/v1alpha1/namespaces/" + NAMESPACE;

        private final KubeCluster cluster;

        private Builder(KubeCluster cluster) {
            this.cluster = cluster;
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public SeldonCore2 start() {
            SeldonFiles files = SeldonFiles.find().orElseThrow(() -> new ServerException(SeldonFiles.MISSING));
            ServerGroup group = new ServerGroup("Seldon Core 2", directory);
            try {
                long started = System.nanoTime();
                installObjects(group, files);
                int scheduler = group.port();
                int agents = group.port();
                startScheduler(group, files, scheduler, agents);
                group.await("open port of the scheduler", startTimeout, () -> !Ports.isFree(scheduler));
                startOperator(group, files, scheduler);
                cluster.apply(GROUP + "/serverconfigs/mlserver", Folders.resource("seldon2-serverconfig.yaml"));
                return new SeldonCore2(local(scheduler), group, started, files, cluster.kubeconfig(), agents);
            } catch (RuntimeException e) {
                group.close();
                throw e;
            }
        }

        private void installObjects(ServerGroup group, SeldonFiles files) {
            cluster.apply(
                    "/api/v1/namespaces/" + NAMESPACE,
                    "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + NAMESPACE
                            + "\"}}");
            cluster.apply(
                    "/api/v1/namespaces/" + NAMESPACE + "/configmaps/seldon-agent",
                    Folders.resource("seldon2-agent.yaml"));
            for (String crd : files.core2Crds()) {
                String name = crd.lines()
                        .filter(line -> line.startsWith("  name: "))
                        .findFirst()
                        .orElseThrow(() -> new ServerException("a CRD of Seldon Core 2 has no name"))
                        .substring("  name: ".length());
                cluster.apply("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/" + name, crd);
            }
            for (String kind : List.of("models", "servers", "serverconfigs", "pipelines", "experiments")) {
                group.await(
                        "established CRD of " + kind,
                        startTimeout,
                        () -> cluster.get(GROUP + "/" + kind).isPresent());
            }
        }

        private void startScheduler(ServerGroup group, SeldonFiles files, int port, int agents) {
            Path folder = group.directory();
            Path kafka = Folders.write(
                    folder.resolve("kafka.json"),
                    "{\"bootstrap.servers\": \"127.0.0.1:9092\", \"consumer\": {}, \"producer\": {}, \"streams\": {}}");
            Path tracing = Folders.write(
                    folder.resolve("tracing.json"),
                    "{\"disable\": true, \"otelExporterEndpoint\": \"127.0.0.1:4317\", \"ratio\": \"1\"}");
            group.start(
                    "scheduler",
                    List.of(
                            files.core2Program("scheduler").toString(),
                            "--db-path=" + Folders.create(folder.resolve("db")),
                            "--namespace=" + NAMESPACE,
                            "--kafka-config-path=" + kafka,
                            "--tracing-config-path=" + tracing,
                            "--scheduler-port=" + port,
                            "--agent-port=" + agents,
                            "--envoy-port=" + group.port(),
                            "--dataflow-port=" + group.port()),
                    with(Map.of("POD_NAMESPACE", NAMESPACE)));
        }

        private void startOperator(ServerGroup group, SeldonFiles files, int scheduler) {
            LoopbackBridge bridge = LoopbackBridge.open("Seldon Core 2's scheduler", SCHEDULER_PORT, scheduler);
            group.alsoClose(bridge::close);
            int health = group.port();
            group.start(
                    "operator",
                    OwnHosts.command(
                            group.directory(),
                            List.of(bridge.address() + " seldon-scheduler." + NAMESPACE),
                            List.of(
                                    files.core2Program("operator").toString(),
                                    "--namespace=" + NAMESPACE,
                                    "--kubeconfig=" + cluster.kubeconfig(),
                                    "--metrics-bind-address=127.0.0.1:" + group.port(),
                                    "--health-probe-bind-address=127.0.0.1:" + health)),
                    with(Map.of("POD_NAMESPACE", NAMESPACE)));
            URI ready = local(health).resolve("/readyz");
            group.await("answer of " + ready, startTimeout, () -> Http.ok(ready).isPresent());
        }

        private Map<String, String> with(Map<String, String> variables) {
            Map<String, String> all = new HashMap<>(variables);
            all.putAll(environment);
            return all;
        }
    }
}
