package dev.fairlead.testing.internal.kube;

import dev.fairlead.testing.internal.http.LocalServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on the loopback address, with daemon threads: unlike the JDK's it can hand over a connection to another protocol,
 * and cut one off.
 */
final class MiniHttp implements AutoCloseable {
    private static final AtomicLong THREADS = new AtomicLong();
    private static final int MAX_LINE = 64 << 10;

    private final ServerSocket listening;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Thread> serving = ConcurrentHashMap.newKeySet();

    /** Answers one request. */
    @FunctionalInterface
    interface Handler {
        /** Answers; returns whether the connection is kept. */
        boolean handle(Request request, Answer answer) throws IOException, InterruptedException;
    }

    /**
     * One request.
     *
     * @param method the method
     * @param path the path as it was sent, encoded
     * @param query the query as it was sent, or {@code null}
     * @param headers the headers, names in lower case
     * @param body the body
     */
    record Request(String method, String path, @Nullable String query, Map<String, List<String>> headers, String body) {
        String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.isEmpty() ? "" : values.get(0);
        }
    }

    MiniHttp(int port, Handler handler) {
        this.handler = handler;
        try {
            this.listening = new ServerSocket(port, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw LocalServer.cannotListen("Kubernetes", port, e);
        }
        thread(this::accept).start();
    }

    int port() {
        return listening.getLocalPort();
    }

    boolean isClosed() {
        return listening.isClosed();
    }

    static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "fairlead-fake-kube-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                thread(() -> serve(socket)).start();
            } catch (IOException e) {
                // closed: the loop ends
            }
        }
    }

    private void serve(Socket socket) {
        serving.add(Thread.currentThread());
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean more = true;
            while (more) {
                Request request = read(in);
                if (request == null) {
                    return;
                }
                more = handler.handle(request, new Answer(socket, in))
                        && !request.header("connection").equalsIgnoreCase("close");
            }
        } catch (IOException e) {
            // the client went away, or the connection was cut on purpose
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
            serving.remove(Thread.currentThread());
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        String[] parts = first.split(" ", -1);
        if (parts.length != 3) {
            throw new IOException("not a request: " + first);
        }
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        }
        int question = parts[1].indexOf('?');
        String path = question < 0 ? parts[1] : parts[1].substring(0, question);
        String query = question < 0 ? null : parts[1].substring(question + 1);
        return new Request(parts[0], path, query, headers, new String(body(in, headers), StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Map<String, List<String>> headers) throws IOException {
        List<String> length = headers.get("content-length");
        if (length != null) {
            return in.readNBytes(Integer.parseInt(length.get(0)));
        }
        if (!headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return new byte[0];
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(
                    String.valueOf(line(in)).replaceFirst(";.*", "").strip(), 16);
            body.writeBytes(in.readNBytes(size));
            line(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(b);
            if (line.size() > MAX_LINE) {
                throw new IOException("a line of the request is too long");
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            // it is closed either way
        }
        open.forEach(MiniHttp::cut);
        serving.forEach(Thread::interrupt);
    }

    static void cut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed either way
        }
    }
}
