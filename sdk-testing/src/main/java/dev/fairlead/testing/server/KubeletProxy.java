package dev.fairlead.testing.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before kwok's kubelet and mends one thing: a log that is followed ends when its pod has ended, as a kubelet's
 * does and kwok's does not. Everything else passes through.
 */
final class KubeletProxy implements AutoCloseable {
    private static final Pattern FOLLOW =
            Pattern.compile("GET /containerLogs/([^/?]+)/([^/?]+)/[^? ]+\\?\\S*follow=true\\S* HTTP.*", Pattern.DOTALL);
    private static final int HEAD_LIMIT = 65_536;
    private static final int POLL_MILLIS = 200;
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] EMPTY_LOG =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final ServerSocket listener;
    private final int kubelet;
    private final Certificate certificate;
    private final Predicate<String> hasEnded;

    /** Listens at the one port for kwok at the other; {@code hasEnded} is asked with a pod's API path. */
    KubeletProxy(int port, int kubelet, Certificate certificate, Predicate<String> hasEnded) {
        this.kubelet = kubelet;
        this.certificate = certificate;
        this.hasEnded = hasEnded;
        try {
            this.listener = certificate
                    .identifying()
                    .getServerSocketFactory()
                    .createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new ServerException("cannot listen on port " + port + ": " + e.getMessage(), e);
        }
        daemon(this::accept);
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "kubelet-proxy");
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
                Socket server = certificate
                        .trusting()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), kubelet)) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            String head = readHead(client.getInputStream());
            server.getOutputStream().write(singleUse(head).getBytes(StandardCharsets.ISO_8859_1));
            daemon(() -> copyRequest(client, server));
            Answer answer = new Answer(client.getOutputStream());
            Matcher follow = FOLLOW.matcher(head);
            if (follow.matches()) {
                String pod = "/api/v1/namespaces/" + follow.group(1) + "/pods/" + follow.group(2);
                daemon(() -> endWithPod(pod, answer, client, server));
            }
            answer.copy(server.getInputStream());
        } catch (IOException ended) {
            // One side has gone: closing the other is all there is to do.
        }
    }

    private static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int b = in.read();
            if (b < 0 || head.size() > HEAD_LIMIT) {
                throw new IOException("no complete request");
            }
            head.write(b);
            matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** One request per connection, or the next one would pass unseen; a connection being upgraded has no next one. */
    private static String singleUse(String head) {
        if (head.toLowerCase(Locale.ROOT).contains("\r\nupgrade:")) {
            return head;
        }
        return head.substring(0, head.length() - 2) + "Connection: close\r\n\r\n";
    }

    private static void copyRequest(Socket client, Socket server) {
        try {
            client.getInputStream().transferTo(server.getOutputStream());
            server.shutdownOutput();
        } catch (IOException ended) {
            // The answer's side closes both.
        }
    }

    private void endWithPod(String pod, Answer answer, Socket client, Socket server) {
        try {
            while (!client.isClosed() && !(hasEnded.test(pod) && answer.isQuiet())) {
                Thread.sleep(POLL_MILLIS);
            }
            answer.end();
            client.close();
            server.close();
        } catch (IOException ended) {
            // The reader has gone before the pod.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What goes back to the caller, written by two threads in turn. */
    private static final class Answer {
        private final OutputStream out;
        private final ReentrantLock writing = new ReentrantLock();
        private final AtomicLong lastWrite = new AtomicLong(System.nanoTime());
        private boolean begun;

        Answer(OutputStream out) {
            this.out = out;
        }

        void copy(InputStream in) throws IOException {
            byte[] buffer = new byte[16_384];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                writing.lock();
                try {
                    out.write(buffer, 0, n);
                    out.flush();
                    begun = true;
                    lastWrite.set(System.nanoTime());
                } finally {
                    writing.unlock();
                }
            }
        }

        boolean isQuiet() {
            return System.nanoTime() - lastWrite.get() > 2L * POLL_MILLIS * 1_000_000;
        }

        /** kwok writes whole chunks, so between two writes the last chunk may follow. */
        void end() throws IOException {
            writing.lock();
            try {
                out.write(begun ? LAST_CHUNK : EMPTY_LOG);
                out.flush();
            } finally {
                writing.unlock();
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new ServerException("cannot close the kubelet's port: " + e.getMessage(), e);
        }
    }
}
