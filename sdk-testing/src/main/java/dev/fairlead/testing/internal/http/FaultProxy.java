package dev.fairlead.testing.internal.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Stands in front of a real server on loopback and does to it what a fault script says. Passes on everything else as it is. */
public final class FaultProxy implements AutoCloseable {
    private static final Set<String> HOP =
            Set.of("connection", "keep-alive", "transfer-encoding", "content-length", "date");

    private final URI target;
    private final LocalServer server;
    private final OkHttpClient client = new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .protocols(List.of(Protocol.HTTP_1_1))
            // servers that close idle connections after 5 s would otherwise break calls at random
            .connectionPool(new ConnectionPool(16, 3, TimeUnit.SECONDS))
            .readTimeout(Duration.ofMinutes(10))
            .writeTimeout(Duration.ofMinutes(10))
            .build();

    private FaultProxy(URI target) {
        this.target = target;
        Routes routes = new Routes().on("*", "/{path...}", this::pass);
        FaultScript faults =
                new FaultScript(status -> Answer.text(status, "text/plain; charset=utf-8", "said by the fault script"));
        server = LocalServer.start(
                "proxy",
                0,
                routes,
                faults,
                (call, e) -> Answer.text(502, "text/plain; charset=utf-8", "the proxy failed: " + e));
    }

    /** Starts a proxy in front of a server. */
    public static FaultProxy to(URI target) {
        return new FaultProxy(target);
    }

    /** Returns the address to use in place of the server's. */
    public URI uri() {
        return server.uri();
    }

    public FaultScript faults() {
        return server.faults();
    }

    public Journal journal() {
        return server.journal();
    }

    private Answer pass(HttpCall call) throws IOException {
        String query = call.rawQuery();
        Request.Builder request = new Request.Builder()
                .url(target.toString().replaceAll("/$", "") + call.rawPath() + (query == null ? "" : "?" + query));
        boolean foreignHost = !call.header("host").orElse("").startsWith("127.0.0.1");
        call.headers().forEach((name, values) -> {
            if (!HOP.contains(name) && (!name.equals("host") || foreignHost)) {
                values.forEach(value -> request.addHeader(name, value));
            }
        });
        Response response = client.newCall(
                        request.method(call.method(), body(call)).build())
                .execute();
        return answer(response);
    }

    private static @Nullable RequestBody body(HttpCall call) throws IOException {
        long length = call.header("content-length").map(Long::parseLong).orElse(-1L);
        boolean chunked = call.header("transfer-encoding").isPresent();
        if (length < 0 && !chunked) {
            return List.of("POST", "PUT", "PATCH").contains(call.method())
                    ? RequestBody.create(new byte[0], null)
                    : null;
        }
        MediaType type = call.header("content-type").map(MediaType::parse).orElse(null);
        if (length >= 0 && length <= 1 << 20) {
            return RequestBody.create(call.bytes(), type); // kept for the journal
        }
        return new RequestBody() {
            @Override
            public @Nullable MediaType contentType() {
                return type;
            }

            @Override
            public long contentLength() {
                return length;
            }

            @Override
            public boolean isOneShot() {
                return true;
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                sink.writeAll(Okio.source(call.stream()));
            }
        };
    }

    private static Answer answer(Response response) {
        List<String> names = new ArrayList<>(response.headers().names());
        boolean head = response.request().method().equals("HEAD");
        String told = response.header("Content-Length");
        long length =
                head && told != null ? Long.parseLong(told) : response.body().contentLength();
        Answer answer = new Answer(response.code(), Map.of(), length, out -> {
            try (response;
                    InputStream in = response.body().byteStream()) {
                byte[] part = new byte[16 << 10];
                for (int read = in.read(part); read >= 0; read = in.read(part)) {
                    out.write(part, 0, read);
                    if (in.available() == 0) {
                        out.flush(); // a stream is passed on as it comes
                    }
                }
            }
        });
        for (String name : names) {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT))) {
                answer = answer.header(name, String.valueOf(response.header(name)));
            }
        }
        if (length == 0) {
            response.close();
        }
        return answer;
    }

    @Override
    public void close() {
        server.close();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdownNow();
        try {
            if (!client.dispatcher().executorService().awaitTermination(1, TimeUnit.SECONDS)) {
                throw new UncheckedIOException(new IOException("the proxy to " + target + " did not end"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
