package dev.fairlead.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A fixed port that leads to a free one. It listens on a loopback address of its own (all of 127.0.0.0/8 is loopback), so that several may
 * have the same port side by side.
 */
final class LoopbackBridge {
    private static final int ATTEMPTS = 20;

    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LoopbackBridge(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
        daemon(this::accept);
    }

    static LoopbackBridge open(String what, int port, int target) {
        IOException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(anyLoopback(), port));
                return new LoopbackBridge(socket, target);
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new ServerException(
                what + " must be reached on port " + port
                        + ", and no loopback address has it free: end what listens there" + " on all addresses",
                last == null ? new IOException("taken") : last);
    }

    private static InetAddress anyLoopback() throws UnknownHostException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return InetAddress.getByAddress(new byte[] {
            127, (byte) random.nextInt(1, 255), (byte) random.nextInt(1, 255), (byte) random.nextInt(1, 255)
        });
    }

    /** The address it listens on. */
    String address() {
        return listener.getInetAddress().getHostAddress();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "loopback-bridge");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> serve(client));
            } catch (IOException closed) {
                // Either the listener is closed, which ends the loop, or one caller gave up.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(client);
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon(() -> copy(client, server));
            copy(server, client);
        } catch (IOException refused) {
            // The server is not there: the caller sees a closed connection and tries again.
        } finally {
            open.removeIf(Socket::isClosed);
        }
    }

    /** Copies until one side ends, then ends both. */
    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            byte[] buffer = new byte[16_384];
            int read = in.read(buffer);
            while (read >= 0) {
                to.getOutputStream().write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (IOException ended) {
            // Expected: the other direction ended first.
        }
    }

    void close() {
        quietly(listener);
        open.forEach(LoopbackBridge::quietly);
    }

    private static void quietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception gone) {
            // It is closed either way.
        }
    }
}
