package dev.fairlead.testing.kube;

import dev.fairlead.testing.internal.kube.FakeApiServer;
import dev.fairlead.testing.internal.kube.Faults.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is a Kubernetes API server in this JVM, on a real port of the loopback address. It keeps the real one's semantics where a client can
 * notice them: server-side apply with field ownership and conflicts, resource versions and generations, dry runs, status subresources,
 * paged lists, watches that resume and forget, and refusals in the server's own words. Pods do not run by themselves: a controller
 * ({@link KubeStore#onChange}) or the test sets their status.
 *
 * <p>Thread-safe. Its threads are daemon; closing it ends them.
 */
public final class FakeKube implements AutoCloseable {
    private static final String TOKEN = "fake-token";

    private final FakeApiServer server;
    private final StoreView store;
    private final Path folder;
    private volatile String token;

    private FakeKube(int port, String token, Clock clock) {
        this.token = token;
        this.server = new FakeApiServer(port, token, clock);
        this.store = new StoreView(server);
        try {
            this.folder = Files.createTempDirectory("fairlead-fake-kube-");
            Files.writeString(folder.resolve("kubeconfig"), kubeconfigText());
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException("the kubeconfig of the fake cannot be written", e);
        }
    }

    /** Starts one on a free port. */
    public static FakeKube start() {
        return new FakeKube(0, TOKEN, Clock.systemUTC());
    }

    /** Starts one on a free port whose timestamps come from a clock. */
    public static FakeKube start(Clock clock) {
        return new FakeKube(0, TOKEN, clock);
    }

    /** Starts one on a port, 0 for a free one, that accepts one bearer token, and everybody when that is empty. */
    public static FakeKube start(int port, String token) {
        return new FakeKube(port, token, Clock.systemUTC());
    }

    /** Returns the address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Returns a kubeconfig file that leads here; it is deleted on close. */
    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** Returns the text of a kubeconfig that leads here. */
    public String kubeconfigText() {
        return """
                apiVersion: v1
                kind: Config
                current-context: fake
                clusters:
                - name: fake
                  cluster:
                    server: %s
                users:
                - name: fake
                  user:
                    token: %s
                contexts:
                - name: fake
                  context:
                    cluster: fake
                    user: fake
                    namespace: default
                """.formatted(uri(), token.isEmpty() ? "anybody" : token);
    }

    /** Returns the objects. */
    public KubeStore store() {
        return store;
    }

    /** Returns all requests so far, oldest first. */
    public List<KubeRequest> requests() {
        return server.journal();
    }

    /** Returns the requests of one operation, such as {@code create configmaps}. */
    public List<KubeRequest> requests(String operation) {
        return server.journal().stream()
                .filter(r -> r.operation().equals(operation))
                .toList();
    }

    /** Forgets the requests and faults so far. */
    public void forgetRequests() {
        server.forgetJournal();
        server.faults().clear();
    }

    /**
     * Refuses the next requests.
     *
     * @param operation which: an operation such as {@code apply configmaps}, a part of the path that starts with a slash, or {@code *}
     * @param status the HTTP status
     * @param times how many
     */
    public void failNext(String operation, int status, int times) {
        failNext(operation, status, times, Map.of());
    }

    /** Refuses the next requests, with headers such as {@code Retry-After}. */
    public void failNext(String operation, int status, int times, Map<String, String> headers) {
        server.faults().add(new Fault(operation, status, Map.copyOf(headers), null, false), times);
    }

    /** Answers the next request late. */
    public void delayNext(String operation, Duration delay) {
        server.faults().add(new Fault(operation, 0, Map.of(), delay, false), 1);
    }

    /** Does what the next request asks, and cuts the connection instead of answering. */
    public void dropNextReply(String operation) {
        server.faults().add(new Fault(operation, 0, Map.of(), null, true), 1);
    }

    /** Accepts another token from now on, as after a rotation; empty accepts everybody. The kubeconfig file stays as it was. */
    public void acceptToken(String accepted) {
        token = accepted;
        server.token(accepted);
    }

    /**
     * Plays the scheduler and the kubelets from now on: pods are placed, run and are ready at once. Where there are Node objects, they must
     * have the labels and the extended resources (GPUs) that a pod asks for, or it stays {@code Unschedulable}. A pod's label or annotation
     * {@code fairlead.dev/fault}, such as {@code ImagePullBackOff}, {@code OOMKilled} or {@code NeverReady}, makes it fail so.
     *
     * @return this
     */
    public FakeKube playPods() {
        store.playPods();
        return this;
    }

    /** Says where ports that are forwarded to pods lead in this machine. */
    public void forwardPorts(Forwards forwards) {
        server.forwards(forwards::address);
    }

    /** Says where a forwarded port leads. */
    @FunctionalInterface
    public interface Forwards {
        /** Returns the address behind a pod's port; empty if nothing listens there. */
        Optional<InetSocketAddress> address(String namespace, String pod, int port);
    }

    @Override
    public void close() {
        server.close();
        store.close();
        try {
            Files.deleteIfExists(kubeconfig());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the kubeconfig of the fake cannot be deleted", e);
        }
    }

    @Override
    public String toString() {
        return "FakeKube[" + uri() + "]";
    }
}
