package dev.fairlead.testing.server;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real Kubernetes control plane (etcd, API server, controller manager, scheduler) whose nodes and pods are played by
 * kwok: objects, admission, scheduling and controllers are real, containers are not.
 *
 * <p>Pods become ready at once. A pod with label {@code kubernetes_pod_operator=True} succeeds 1.5 s later. The label or
 * annotation {@link #FAULT} makes a pod fail: {@code ImagePullBackOff}, {@code ErrImagePull}, {@code ErrImageNeverPull}, {@code InvalidImageName},
 * {@code CreateContainerConfigError}, {@code InitError}, {@code CrashLoopBackOff}, {@code OOMKilled}, {@code Error},
 * {@code NeverReady}. Taking the label away heals a pod that is still pending.
 */
public final class KubeCluster extends LocalServer {
    /** The version that {@code sdk-testing/kube-assets} builds. */
    public static final String CURRENT = KubeAssets.VERSION;
    /** The label or annotation that makes a pod fail. */
    public static final String FAULT = "fairlead.dev/fault";

    /** Seconds: the API server would wait for open watches, and nothing here is kept. */
    private static final int GRACE = 1;

    private final KubeControlPlane plane;

    private KubeCluster(KubeControlPlane plane, ServerGroup group, long startedNanos) {
        super("Kubernetes", CURRENT, plane.uri(), group, startedNanos);
        this.plane = plane;
    }

    /**
     * Starts the description of a cluster.
     *
     * @return a builder whose defaults are {@link KubeNode#fleet()} and no forwarding
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the kubeconfig of the user who may do everything.
     *
     * @return a file
     */
    public Path kubeconfig() {
        return admin().kubeconfig();
    }

    /**
     * Returns the user who may do everything.
     *
     * @return a member of {@code system:masters}
     */
    public KubeUser admin() {
        return plane.user(KubeControlPlane.ADMIN);
    }

    /**
     * Returns the user who may read everything but secrets, and write nothing.
     *
     * @return a user bound to the cluster role {@code view}
     */
    public KubeUser viewer() {
        return plane.user(KubeControlPlane.VIEWER);
    }

    /**
     * Returns the user the API server knows and gives no right.
     *
     * @return a user without any binding
     */
    public KubeUser outsider() {
        return plane.user(KubeControlPlane.OUTSIDER);
    }

    /**
     * Returns the file that every container's log is read from; append lines of the form
     * {@code 2026-11-23T23:00:00.000000000Z stdout F text}.
     *
     * @return the file
     */
    public Path podLog() {
        return plane.podLog();
    }

    /**
     * Adds a node and waits until it is ready.
     *
     * @param node the node
     * @throws ServerException when it does not become ready within a minute
     */
    public void addNode(KubeNode node) {
        plane.addNodes(List.of(node));
    }

    /**
     * Applies an object server-side, as the administrator.
     *
     * @param path its path, for example {@code /api/v1/namespaces/team-a}
     * @param object YAML or JSON
     * @return the object as the server answered it, JSON
     * @throws ServerException with the server's reason when it refuses
     */
    public String apply(String path, String object) {
        return plane.api().apply(path, object);
    }

    /**
     * Reads an object as the administrator.
     *
     * @param path its path
     * @return JSON, or nothing when there is no such object
     */
    public Optional<String> get(String path) {
        return plane.api().ask(path);
    }

    /**
     * Deletes an object as the administrator.
     *
     * @param path its path
     * @throws ServerException with the server's reason when it refuses
     */
    public void delete(String path) {
        plane.api().delete(path);
    }

    /**
     * Ends the API server as a crash would and starts it again at the same address: watches break, and what they saw last is too old to go on
     * from. No object is lost.
     *
     * @throws ServerException when it does not come back
     */
    public void restartApiServer() {
        plane.restartApiServer();
    }

    @Override
    List<String> details() {
        return List.of(
                "export KUBECONFIG=" + kubeconfig(),
                "viewer " + viewer().kubeconfig(),
                "outsider " + outsider().kubeconfig(),
                "pod log " + podLog());
    }

    /** Describes the cluster to start. */
    public static final class Builder extends LocalServer.Builder<Builder, KubeCluster> {
        private final List<String> stages = new ArrayList<>();
        private final List<String> forwards = new ArrayList<>();
        private List<KubeNode> nodes = KubeNode.fleet();
        private Duration taskTime = Duration.ofMillis(1500);

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the nodes. Default: {@link KubeNode#fleet()}.
         *
         * @param nodes the nodes, one at least if pods are to run
         * @return this builder
         */
        public Builder nodes(List<KubeNode> nodes) {
            this.nodes = List.copyOf(nodes);
            return this;
        }

        /**
         * Sets how long pods of Airflow's pod operator run before they succeed. Default: 1.5 s.
         *
         * @param time the time
         * @return this builder
         */
        public Builder taskTime(Duration time) {
            taskTime = time;
            return this;
        }

        /**
         * Lets port-forwards to any pod's model server end at local ports: 8000 and 9000 at the one, 5001 and 9500 at the
         * other.
         *
         * @param httpPort where REST is served, for example {@link MlServer}'s port
         * @param grpcPort where gRPC is served
         * @return this builder
         */
        public Builder forwardInference(int httpPort, int grpcPort) {
            return forward(List.of(8000, 9000), httpPort).forward(List.of(5001, 9500), grpcPort);
        }

        /**
         * Lets port-forwards to these ports of any pod end at a local port.
         *
         * @param podPorts the ports of the pods
         * @param localPort a port on 127.0.0.1
         * @return this builder
         */
        public Builder forward(List<Integer> podPorts, int localPort) {
            forwards.add("  - ports: " + podPorts + "\n    target:\n      address: 127.0.0.1\n      port: " + localPort
                    + "\n");
            return this;
        }

        /**
         * Adds a stage to how objects live.
         *
         * @param yaml a document of kind {@code Stage}, {@code kwok.x-k8s.io/v1alpha1}; weight 1 beats kwok's own stages
         * @return this builder
         */
        public Builder stage(String yaml) {
            stages.add(yaml);
            return this;
        }

        @Override
        public KubeCluster start() {
            Path assets = KubeAssets.require();
            ServerGroup group = new ServerGroup("Kubernetes", directory, GRACE);
            try {
                long started = System.nanoTime();
                KubeControlPlane plane = new KubeControlPlane(assets, group, environment, startTimeout);
                plane.start();
                plane.startKwok(kwokConfig(plane.podLog()));
                plane.addNodes(nodes);
                return new KubeCluster(plane, group, started);
            } catch (RuntimeException e) {
                group.close();
                throw e;
            }
        }

        private String kwokConfig(Path podLog) {
            Folders.write(podLog, Instant.parse("2026-01-01T00:00:00Z") + " stdout F started\n");
            List<String> documents = new ArrayList<>(stages);
            documents.add(Folders.resource("kwok-pods.yaml")
                    .replace("@TASK_MILLIS@", String.valueOf(taskTime.toMillis()))
                    .replace("@LOG_FILE@", podLog.toString()));
            if (!forwards.isEmpty()) {
                documents.add("apiVersion: kwok.x-k8s.io/v1alpha1\nkind: ClusterPortForward\nmetadata:\n  name: all\n"
                        + "spec:\n  forwards:\n" + String.join("", forwards));
            }
            return String.join("\n---\n", documents);
        }
    }

    KubeControlPlane plane() {
        return plane;
    }
}
