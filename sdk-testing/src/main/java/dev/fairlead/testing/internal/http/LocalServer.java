package dev.fairlead.testing.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.error.ConfigurationException;
import dev.fairlead.testing.RecordedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A fake server's HTTP side on loopback: each request meets the fault script, then its route, and ends in the journal. All threads are
 * daemon, so that forgetting to close holds no JVM.
 */
public final class LocalServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService workers;
    private final Routes routes;
    private final FaultScript faults;
    private final BiFunction<HttpCall, Exception, Answer> onError;
    private final Journal journal = new Journal();
    private final AtomicBoolean closed = new AtomicBoolean();

    static {
        // an answer in two writes would otherwise wait for the client's delayed acknowledgement, 40 ms each
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private LocalServer(
            String name,
            HttpServer server,
            Routes routes,
            FaultScript faults,
            BiFunction<HttpCall, Exception, Answer> onError) {
        this.server = server;
        this.routes = routes;
        this.faults = faults;
        this.onError = onError;
        AtomicInteger count = new AtomicInteger();
        this.workers = Executors.newCachedThreadPool(
                task -> daemon("fairlead-fake-" + name + "-" + count.incrementAndGet(), task));
    }

    /**
     * Starts a server.
     *
     * @param name names its threads
     * @param port the port on loopback; 0 takes a free one
     * @param onError answers what a route threw; given {@code null} as exception where no route fits
     */
    public static LocalServer start(
            String name,
            int port,
            Routes routes,
            FaultScript faults,
            BiFunction<HttpCall, @Nullable Exception, Answer> onError) {
        LocalServer local = new LocalServer(name, bind(name, port), routes, faults, onError);
        local.server.setExecutor(local.workers);
        local.server.createContext("/", local::serve);
        // the dispatcher thread inherits whether it is daemon from the thread that starts it
        Thread starter = daemon("fairlead-fake-" + name + "-start", local.server::start);
        starter.start();
        try {
            starter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return local;
    }

    private static HttpServer bind(String name, int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        } catch (IOException e) {
            throw cannotListen(name, port, e);
        }
    }

    /** Says why a fake got no port, and what to do. */
    public static ConfigurationException cannotListen(String name, int port, IOException e) {
        String reason = e instanceof BindException ? "the port is taken; use port 0 for a free one" : e.getMessage();
        return new ConfigurationException(
                "the fake " + name + " cannot listen on 127.0.0.1:" + port + ": " + reason, e);
    }

    private static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public FaultScript faults() {
        return faults;
    }

    public Journal journal() {
        return journal;
    }

    /** Stops listening and cuts what is open; does nothing the second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
            workers.shutdownNow();
            try {
                workers.awaitTermination(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        HttpCall call = new HttpCall(exchange);
        FaultScript.Fault fault = faults.take(call.method(), call.rawPath());
        Answer answer;
        try {
            answer = answer(call, fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer = null;
        }
        boolean cut = answer == null || fault instanceof FaultScript.Fault.DropReply;
        journal.add(new RecordedRequest(
                call.method(),
                call.rawPath(),
                call.query(),
                call.headers(),
                call.recordedBody(),
                cut || answer == null ? 0 : answer.status()));
        if (answer != null && !cut) {
            long limit = fault instanceof FaultScript.Fault.Truncate truncate ? truncate.bytes() : Long.MAX_VALUE;
            send(exchange, call, answer, limit);
        } else if (answer != null) {
            release(answer);
        }
        exchange.close();
    }

    /** Lets an answer that is not sent give back what it holds. */
    private static void release(Answer answer) {
        Answer.Writer body = answer.body();
        if (body != null) {
            try {
                body.write(new CutOutput(OutputStream.nullOutputStream(), 0));
            } catch (IOException e) {
                // it was cut at its first byte, which is what was wanted
            }
        }
    }

    /** Returns the answer, or {@code null} where the connection is cut before the server acts. */
    private @Nullable Answer answer(HttpCall call, FaultScript.@Nullable Fault fault) throws InterruptedException {
        if (fault instanceof FaultScript.Fault.DropRequest) {
            return null;
        }
        if (fault instanceof FaultScript.Fault.Fail fail) {
            return fail.answer();
        }
        if (fault instanceof FaultScript.Fault.Delay delay) {
            Thread.sleep(delay.delay().toMillis());
        }
        try {
            Routes.Handler handler = routes.find(call);
            return handler == null ? onError.apply(call, null) : handler.handle(call);
        } catch (IOException | RuntimeException e) {
            return onError.apply(call, e);
        }
    }

    private static void send(HttpExchange exchange, HttpCall call, Answer answer, long limit) throws IOException {
        call.stream()
                .transferTo(
                        OutputStream
                                .nullOutputStream()); // an unread rest would spoil the next request on this connection
        answer.headers().forEach((k, v) -> exchange.getResponseHeaders().set(k, v));
        Answer.Writer body = answer.body();
        if (body != null && call.method().equals("HEAD")) {
            if (answer.length() >= 0) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(answer.length()));
            }
            release(answer);
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        if (body == null || answer.length() == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.length() < 0 ? 0 : answer.length());
        OutputStream out = exchange.getResponseBody();
        if (limit < Long.MAX_VALUE) {
            out = new CutOutput(out, limit);
        }
        body.write(out);
        out.close();
    }

    /** Fails after a number of bytes, which makes the server cut the connection. */
    private static final class CutOutput extends OutputStream {
        private final OutputStream out;
        private long left;

        CutOutput(OutputStream out, long left) {
            this.out = out;
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int now = (int) Math.min(left, length);
            out.write(bytes, offset, now);
            left -= now;
            if (left == 0) {
                out.flush();
                throw new IOException("cut by the fault script");
            }
        }
    }
}
