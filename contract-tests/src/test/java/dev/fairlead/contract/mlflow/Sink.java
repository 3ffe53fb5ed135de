package dev.fairlead.contract.mlflow;

import com.sun.net.httpserver.HttpServer;
import dev.fairlead.mlflow.webhooks.WebhookReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes webhook deliveries on loopback, and answers as it is told. */
final class Sink implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Delivery> arrived = new LinkedBlockingQueue<>();
    private volatile Answering answering = d -> new WebhookReceiver.Answer(200, "taken");

    /** A delivery as it came. */
    record Delivery(Map<String, List<String>> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    interface Answering {
        WebhookReceiver.Answer answer(Delivery delivery);
    }

    Sink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/hook", exchange -> {
            Delivery delivery = new Delivery(
                    Map.copyOf(exchange.getRequestHeaders()),
                    exchange.getRequestBody().readAllBytes());
            WebhookReceiver.Answer answer = answering.answer(delivery);
            byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
            arrived.add(delivery);
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    void answer(Answering how) {
        answering = how;
    }

    Delivery next() throws InterruptedException {
        Delivery next = arrived.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no delivery within 20 s");
        }
        return next;
    }

    boolean isEmpty() {
        return arrived.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
