package dev.fairlead.internal;

import dev.fairlead.config.RetryPolicy;
import dev.fairlead.config.Timeouts;
import dev.fairlead.internal.http.LineContext;
import dev.fairlead.internal.kube.KubeConnection;
import dev.fairlead.internal.kube.KubeTarget;
import dev.fairlead.spi.KubeAccess;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A cluster that was found; the connection to it, and with it the Kubernetes client, is made when it is first used. */
final class ConfiguredCluster implements ClusterSide {
    private final KubeTarget target;
    private final LineContext context;
    private final RetryPolicy retry;
    private final Timeouts timeouts;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable KubeConnection connection;

    ConfiguredCluster(KubeTarget target, LineContext context, RetryPolicy retry, Timeouts timeouts) {
        this.target = target;
        this.context = context;
        this.retry = retry;
        this.timeouts = timeouts;
    }

    private KubeConnection connection() {
        lock.lock();
        try {
            if (connection == null) {
                connection = KubeConnection.open(target, context, retry, timeouts);
            }
            return connection;
        } finally {
            lock.unlock();
        }
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
