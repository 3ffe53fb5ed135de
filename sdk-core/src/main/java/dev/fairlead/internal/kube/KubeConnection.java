package dev.fairlead.internal.kube;

import dev.fairlead.config.RetryPolicy;
import dev.fairlead.config.Timeouts;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.internal.http.Line;
import dev.fairlead.internal.http.LineContext;
import dev.fairlead.internal.retry.RetryBudget;
import dev.fairlead.spi.KubeAccess;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/** A cluster that is spoken to. Made when it is first used, for it loads the Kubernetes client's classes. Opens no connection by itself. */
public final class KubeConnection implements AutoCloseable {
    private final KubeTransport transport;
    private final KubeClients clients;
    private final KubeSockets sockets;
    private final SharedViews views;
    private final KubeCalls access;

    private KubeConnection(
            KubeTransport transport, KubeClients clients, KubeSockets sockets, SharedViews views, KubeCalls access) {
        this.transport = transport;
        this.clients = clients;
        this.sockets = sockets;
        this.views = views;
        this.access = access;
    }

    /** Opens the line to a cluster. */
    public static KubeConnection open(KubeTarget target, LineContext context, RetryPolicy retry, Timeouts timeouts) {
        KubeTransport transport = new KubeTransport(target, timeouts);
        KubeClients clients = new KubeClients(target, timeouts);
        Line line = new Line(
                context,
                new Line.Service(
                        "kubernetes",
                        target.server(),
                        transport,
                        target.credentials(),
                        new KubeErrors(),
                        timeouts.call(),
                        retry,
                        new RetryBudget(retry.budget()),
                        Map.of()));
        KubeSockets sockets = new KubeSockets(target, timeouts);
        SharedViews views = new SharedViews(line, context);
        KubeCalls access = new KubeCalls(target, line, context, sockets, views);
        return new KubeConnection(transport, clients, sockets, views, access);
    }

    /** Returns what our modules speak through. */
    public KubeAccess access() {
        return access;
    }

    /** Returns what gives out tokens of service accounts. */
    public AccountTokens.Cluster tokens() {
        return access::ask;
    }

    /** Returns fabric8's client, which belongs to the connection. */
    public <T> T unwrap(Class<T> type) {
        if (!type.isAssignableFrom(KubernetesClient.class)) {
            throw new ConfigurationException("the platform stands on " + KubernetesClient.class.getName() + ", not on "
                    + type.getName() + "; unwrap that");
        }
        return type.cast(clients.typed());
    }

    @Override
    public void close() {
        views.close();
        transport.close();
        clients.close();
        sockets.close();
    }
}
