package dev.fairlead.benchmarks.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/** Answers every call at once and stores nothing, in a process of its own, so that what is measured is the client. */
public final class EchoServer implements AutoCloseable {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RUN =
            "{\"run\":{\"info\":{\"run_id\":\"r1\",\"experiment_id\":\"0\",\"status\":\"RUNNING\",\"start_time\":1}}}"
                    .getBytes(StandardCharsets.UTF_8);

    private final Process process;
    private final URI uri;

    private EchoServer(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Starts the process. */
    public static EchoServer start() throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoServer.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        return new EchoServer(process, URI.create(String.valueOf(said.readLine())));
    }

    /** Returns its address. */
    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** Serves until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", EchoServer::answer);
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // waits for the end of the process that started this one
        }
        System.exit(0);
    }

    private static void answer(HttpExchange call) throws IOException {
        call.getRequestBody().readAllBytes();
        byte[] answer = call.getRequestURI().getPath().endsWith("/runs/get") ? RUN : EMPTY;
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(200, answer.length);
        try (OutputStream out = call.getResponseBody()) {
            out.write(answer);
        }
    }
}
