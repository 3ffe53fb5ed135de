package dev.fairlead.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairlead.CallListener;
import dev.fairlead.MlPlatform;
import dev.fairlead.config.Endpoint;
import dev.fairlead.internal.config.Surroundings;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Decoder;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.PlatformHooks;
import dev.fairlead.spi.PlatformSpi;
import dev.fairlead.spi.ServiceErrors;
import dev.fairlead.spi.ServiceSpec;
import dev.fairlead.support.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A scripted server on a real socket, and a platform on a manual clock that speaks to it. */
final class Harness implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<CallListener.Attempt> attempts = new CopyOnWriteArrayList<>();
    final List<String> circuits = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedDeque<Answer> script = new ConcurrentLinkedDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private Answer otherwise = answer(200, "{\"ok\":true}");
    MlPlatform platform;

    record Request(String method, String path, Map<String, List<String>> headers, String body) {}

    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    Harness() throws IOException {
        this(b -> b, e -> {});
    }

    Harness(UnaryOperator<MlPlatform.Builder> more, Consumer<Endpoint.Builder> endpoint) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                requests.add(new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        body));
                Answer next = script.poll();
                (next == null ? otherwise : next).give(exchange);
            }
        });
        server.start();
        MlPlatform.Builder builder = more.apply(MlPlatform.builder())
                .withoutKubernetes()
                .endpoint("mlflow", e -> {
                    e.uri(uri());
                    endpoint.accept(e);
                })
                .addCallListener(new CallListener() {
                    @Override
                    public void onAttempt(Attempt attempt) {
                        attempts.add(attempt);
                    }

                    @Override
                    public void onCircuitChange(String system, String host, String from, String to) {
                        circuits.add(from + ">" + to);
                    }
                });
        PlatformHooks.of(builder).clock(clock).sleeper(clock::sleep).seed(42).surroundings(Surroundings.nothing());
        platform = builder.build();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    HttpCalls calls() {
        return PlatformSpi.of(platform).http(new ServiceSpec("mlflow", ServiceErrors.byStatus()));
    }

    Harness then(Answer... answers) {
        script.addAll(List.of(answers));
        return this;
    }

    Harness always(Answer answer) {
        otherwise = answer;
        return this;
    }

    static Answer answer(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Takes the request and cuts the connection without an answer. */
    static Answer cut() {
        return HttpExchange::close;
    }

    static CallSpec.Builder<String> read() {
        return CallSpec.get("things/get", "/things?secret=hunter2", Decoder.text());
    }

    static CallSpec.Builder<String> create() {
        return CallSpec.post("things/create", "/things", Body.text("{}", "application/json"), Decoder.text());
    }

    @Override
    public void close() {
        platform.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
