package dev.fairlead.contract.seldon;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Tells what Seldon's orchestrators tell of their requests, which nobody makes here: a hundred more of each predictor at each scrape. */
final class ExecutorMetrics implements AutoCloseable {
    private static final String NAME = "seldon_api_executor_server_requests_seconds";

    /**
     * How a predictor fares.
     *
     * @param failing how many of a hundred requests fail
     * @param slow how many of a hundred take between 0.25 and 1 s
     */
    private record Fate(int failing, int slow) {}

    private final HttpServer server;
    private final Map<String, Fate> fates = new ConcurrentHashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();

    ExecutorMetrics() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/prometheus", exchange -> {
            byte[] text = scrape().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prometheus");
    }

    /** Lets a predictor have requests from now on. */
    void serve(String deployment, String predictor, int failing, int slow) {
        fates.put(
                "deployment_name=\"" + deployment + "\",predictor_name=\"" + predictor + "\"", new Fate(failing, slow));
    }

    private synchronized String scrape() {
        fates.forEach((labels, fate) -> {
            add("_count", labels + ",code=\"200\",method=\"post\"", 100 - fate.failing());
            add("_count", labels + ",code=\"500\",method=\"post\"", fate.failing());
            add("_bucket", labels + ",code=\"200\",method=\"post\",le=\"0.25\"", 100 - fate.slow());
            add("_bucket", labels + ",code=\"200\",method=\"post\",le=\"1\"", 100);
            add("_bucket", labels + ",code=\"200\",method=\"post\",le=\"+Inf\"", 100);
        });
        StringBuilder text = new StringBuilder();
        counts.forEach(
                (series, count) -> text.append(series).append(' ').append(count).append('\n'));
        return text.toString();
    }

    private void add(String suffix, String labels, int more) {
        counts.merge(NAME + suffix + "{" + labels + "}", (long) more, Long::sum);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
