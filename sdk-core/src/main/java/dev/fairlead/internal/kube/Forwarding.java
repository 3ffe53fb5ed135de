package dev.fairlead.internal.kube;

import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.KubeAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A forwarded port: listens on the loopback address alone, on daemon threads; each connection is a WebSocket of its own to the API server.
 */
final class Forwarding implements KubeAccess.PortForward {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final KubeSockets sockets;
    private final String path;
    private final ServerSocket listening;
    private final Set<ForwardedConnection> connections = ConcurrentHashMap.newKeySet();

    private Forwarding(KubeSockets sockets, String path, ServerSocket listening) {
        this.sockets = sockets;
        this.path = path;
        this.listening = listening;
    }

    /** Opens it, and proves at once that the API server lets us. */
    static Forwarding open(KubeSockets sockets, String namespace, String pod, int port) {
        String path = KubePaths.object(KubeAccess.Kind.POD, namespace, pod) + "/portforward?ports=" + port;
        sockets.prove("port-forward", path);
        try {
            ServerSocket listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
            Forwarding forwarding = new Forwarding(sockets, path, listening);
            Thread thread = new Thread(forwarding::accept, "fairlead-forward-" + CallSpec.encode(pod) + "-" + port);
            thread.setDaemon(true);
            thread.start();
            return forwarding;
        } catch (IOException e) {
            throw new UncheckedIOException("no local port can be opened", e);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                ForwardedConnection connection = new ForwardedConnection(socket, connections::remove);
                connections.add(connection);
                connection.start(() -> sockets.dial("port-forward", path, connection));
            } catch (IOException e) {
                LOG.debug("a forwarded port accepts no more", e);
            }
        }
    }

    @Override
    public URI uri() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debug("closing a forwarded port failed, which changes nothing for the caller", e);
        }
        connections.forEach(ForwardedConnection::close);
    }

    @Override
    public String toString() {
        return "PortForward[" + uri() + "]";
    }
}
