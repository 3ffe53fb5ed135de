package dev.fairlead.internal;

import dev.fairlead.config.RetryPolicy;
import dev.fairlead.config.Timeouts;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.internal.config.Settings;
import dev.fairlead.internal.http.LineContext;
import dev.fairlead.internal.kube.AccountTokens;
import dev.fairlead.internal.kube.KubeConnection;
import dev.fairlead.internal.kube.KubeSettings;
import dev.fairlead.internal.kube.KubeTarget;
import dev.fairlead.internal.kube.KubeTargets;
import dev.fairlead.spi.KubeAccess;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The cluster's side of a platform. Loads no class of the Kubernetes client before it is used. */
interface ClusterSide extends AutoCloseable {
    /** Finds the cluster; none where the builder says so, or nothing around names one. */
    static ClusterSide of(
            PlatformBuilder given, Settings settings, LineContext context, RetryPolicy retry, Timeouts timeouts) {
        if (given.withoutKubernetes) {
            return new None(given.namespace == null ? "default" : given.namespace);
        }
        KubeSettings kube = new KubeSettings(
                given.kubeconfig,
                given.kubeContext,
                given.namespace,
                given.kubernetesCredentials,
                settings,
                given.clock,
                KubeSettings.POD);
        return KubeTargets.find(kube)
                .<ClusterSide>map(target -> new Cluster(target, context, retry, timeouts))
                .orElseGet(() -> new None(given.namespace == null ? "default" : given.namespace));
    }

    boolean configured();

    String namespace();

    KubeAccess access();

    <T> T unwrap(Class<T> type);

    /** Returns who gives out tokens of its service accounts. */
    ClusterCredentials.Issuer issuer();

    /** Describes where it is and where its credentials come from, one setting a line. */
    List<Description.Row> describe();

    @Override
    void close();

    /** A cluster, connected to when it is first used. */
    final class Cluster implements ClusterSide {
        private final ReentrantLock lock = new ReentrantLock();
        private final KubeTarget target;
        private final LineContext context;
        private final RetryPolicy retry;
        private final Timeouts timeouts;
        private final AccountTokens tokens;
        private @Nullable KubeConnection connection;

        private Cluster(KubeTarget target, LineContext context, RetryPolicy retry, Timeouts timeouts) {
            this.target = target;
            this.context = context;
            this.retry = retry;
            this.timeouts = timeouts;
            this.tokens = new AccountTokens(
                    target,
                    context.clock(),
                    (what, path, question) -> connection().tokens().ask(what, path, question));
        }

        @Override
        public boolean configured() {
            return true;
        }

        @Override
        public String namespace() {
            return target.namespace();
        }

        @Override
        public KubeAccess access() {
            return connection().access();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            return connection().unwrap(type);
        }

        @Override
        public ClusterCredentials.Issuer issuer() {
            return tokens;
        }

        private KubeConnection connection() {
            lock.lock();
            try {
                KubeConnection open = connection;
                if (open == null) {
                    open = KubeConnection.open(target, context, retry, timeouts);
                    connection = open;
                }
                return open;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public List<Description.Row> describe() {
            return target.describe().stream()
                    .map(row -> new Description.Row(row.name(), row.value(), row.source()))
                    .toList();
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (connection != null) {
                    connection.close();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** No cluster. */
    record None(String namespace) implements ClusterSide {
        @Override
        public boolean configured() {
            return false;
        }

        @Override
        public KubeAccess access() {
            throw absent();
        }

        @Override
        public <T> T unwrap(Class<T> type) {
            throw absent();
        }

        @Override
        public ClusterCredentials.Issuer issuer() {
            return (audience, account) -> {
                throw new ConfigurationException(new ClusterCredentials.Token(audience, account).describe()
                        + " was asked for, but the platform has no Kubernetes cluster: "
                        + "set MlPlatform.builder().kubeconfig(…), or run inside a pod; "
                        + "MlflowClient.builder() has none, use MlflowClient.create(platform)");
            };
        }

        private static ConfigurationException absent() {
            return new ConfigurationException(
                    "no Kubernetes cluster is configured: set MlPlatform.builder().kubeconfig(…), "
                            + "FAIRLEAD_KUBERNETES_KUBECONFIG or KUBECONFIG, or run inside a pod");
        }

        @Override
        public List<Description.Row> describe() {
            return List.of(new Description.Row("kubernetes", "none", "no cluster is configured"));
        }

        @Override
        public void close() {}
    }
}
