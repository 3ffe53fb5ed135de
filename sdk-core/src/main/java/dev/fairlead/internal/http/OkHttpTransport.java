package dev.fairlead.internal.http;

import dev.fairlead.config.Timeouts;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Sends through OkHttp, on the calling thread, over HTTP/1.1 on cleartext.
 *
 * <p>Connections idle for 4 s are dropped, because uvicorn closes them after 5 s and a request written into that race is lost. The JVM's
 * authorities are read for the first https address only: they are a good part of a first call.
 */
public final class OkHttpTransport implements Transport {
    private static final long IDLE_CONNECTION_SECONDS = 4;

    private static final AtomicInteger OPEN = new AtomicInteger();

    private final Clients plain;
    private volatile @Nullable Clients secure;
    private volatile @Nullable Address last;

    /** Creates a transport with a pool of its own. */
    public OkHttpTransport(Timeouts timeouts, TlsSettings tls, @Nullable URI proxy) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(16, IDLE_CONNECTION_SECONDS, TimeUnit.SECONDS))
                .eventListenerFactory(OkHttpTransport::listener)
                .addNetworkInterceptor(OkHttpTransport::keepRetryAfter)
                .socketFactory(new PromptSockets())
                .connectTimeout(timeouts.connect())
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO);
        boolean later = tls.equals(TlsSettings.DEFAULT);
        if (later) {
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        } else {
            tls.apply(builder);
        }
        if (proxy != null) {
            int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
            builder.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
        }
        plain = new Clients(builder.build(), timeouts.idle());
        secure = later ? null : plain;
    }

    /** One pool seen with the limits of calls and with those of transfers. */
    private record Clients(OkHttpClient calls, OkHttpClient transfers, Duration idle) {
        Clients(OkHttpClient calls, Duration idle) {
            this(calls, silentFor(calls, idle), idle);
        }

        OkHttpClient of(Wire wire) {
            if (!wire.transfer()) {
                return calls;
            }
            return wire.idle() == null ? transfers : silentFor(calls, wire.idle());
        }

        private static OkHttpClient silentFor(OkHttpClient calls, Duration idle) {
            return calls.newBuilder().readTimeout(idle).writeTimeout(idle).build();
        }
    }

    private Clients clients(HttpUrl url) {
        if (!url.isHttps()) {
            return plain;
        }
        Clients known = secure;
        if (known == null) { // two threads may make it twice, over the same pool
            known = new Clients(
                    plain.calls
                            .newBuilder()
                            .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS))
                            .build(),
                    plain.idle);
            secure = known;
        }
        return known;
    }

    @Override
    public Reply send(Wire wire, Deadline deadline) throws TransportFailure {
        Flight flight = new Flight();
        HttpUrl url = url(wire);
        Call call = clients(url).of(wire).newCall(request(wire, url, flight));
        if (!wire.transfer()) {
            call.timeout().timeout(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
        }
        try {
            return new OkReply(call, call.execute(), wire, flight);
        } catch (IOException e) {
            throw failure(e, flight.sent);
        } catch (Exception e) {
            // written in Kotlin, OkHttp lets an InterruptedException through that no signature declares
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new TransportFailure(
                        "interrupted", flight.sent, true, new InterruptedIOException(e.getMessage()));
            }
            throw e;
        }
    }

    /** What is noted while one attempt is under way. */
    private static final class Flight {
        private volatile boolean sent;
        private volatile @Nullable String retryAfter;
    }

    /** OkHttp repeats a 503 with "Retry-After: 0" by itself, whatever its settings; it does not see the header then. */
    private static Response keepRetryAfter(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        Flight flight = chain.request().tag(Flight.class);
        String wish = response.header("Retry-After");
        if (response.code() != 503 || flight == null || wish == null) {
            return response;
        }
        flight.retryAfter = wish;
        return response.newBuilder().removeHeader("Retry-After").build();
    }

    /** Those who log or predict call one address again and again, and parsing it is a good part of what a call costs. */
    private HttpUrl url(Wire wire) {
        Address known = last;
        if (known == null || !known.base.equals(wire.base()) || !known.target.equals(wire.target())) {
            known = new Address(wire.base(), wire.target(), HttpUrl.get(wire.base() + wire.target()));
            last = known;
        }
        return known.url;
    }

    private record Address(URI base, String target, HttpUrl url) {}

    private static Request request(Wire wire, HttpUrl url, Flight flight) {
        Request.Builder request = new Request.Builder().url(url);
        wire.headers().forEach(request::header);
        RequestBody body = null;
        if (wire.body() != null) {
            body = new Sending(wire.body());
            request.header("Content-Type", wire.body().contentType());
        }
        boolean needsBody = List.of("POST", "PUT", "PATCH").contains(wire.method());
        if (body == null && needsBody) {
            body = RequestBody.create(new byte[0], null);
        }
        return request.method(wire.method(), body).tag(Flight.class, flight).build();
    }

    private static EventListener listener(Call call) {
        Flight flight = call.request().tag(Flight.class);
        return new EventListener() {
            @Override
            public void callStart(Call started) {
                OPEN.incrementAndGet();
            }

            @Override
            public void callEnd(Call ended) {
                OPEN.decrementAndGet();
            }

            @Override
            public void callFailed(Call ended, IOException e) {
                OPEN.decrementAndGet();
            }

            @Override
            public void requestHeadersStart(Call started) {
                if (flight != null) {
                    flight.sent = true;
                }
            }
        };
    }

    private static TransportFailure failure(IOException e, boolean sent) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (e instanceof SocketTimeoutException) {
            return new TransportFailure(sent ? "no answer in time" : "no connection in time", sent, false, e);
        }
        if (e instanceof InterruptedIOException && Thread.interrupted()) {
            Thread.currentThread().interrupt();
            return new TransportFailure("interrupted", sent, true, e);
        }
        if (e instanceof InterruptedIOException) {
            return new TransportFailure(sent ? "no answer in time" : "no connection in time", sent, false, e);
        }
        if (e instanceof UnknownHostException) {
            return new TransportFailure("unknown host: " + reason, false, false, e);
        }
        if (e instanceof ConnectException) {
            return new TransportFailure("connection refused: " + reason, false, false, e);
        }
        if (e instanceof SSLHandshakeException) {
            return new TransportFailure("TLS: " + reason, false, true, e);
        }
        return new TransportFailure(
                (e instanceof SSLException ? "TLS: " : "connection broken: ") + reason, sent, false, e);
    }

    /** Counts the calls of this JVM whose answer was not yet closed; the tests watch that there is none. */
    static int openCalls() {
        return OPEN.get();
    }

    /** Closes the pool's idle connections; those in use end with their calls. */
    @Override
    public void close() {
        plain.calls.connectionPool().evictAll();
        plain.calls.dispatcher().executorService().shutdown();
    }

    private static final class Sending extends RequestBody {
        private final Body body;

        Sending(Body body) {
            this.body = body;
        }

        @Override
        public @Nullable MediaType contentType() {
            return null; // it is among the headers
        }

        @Override
        public long contentLength() {
            if (body instanceof Body.Bytes bytes) {
                return bytes.bytes().length;
            }
            return body instanceof Body.FilePart part ? part.length() : ((Body.Streamed) body).length();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            if (body instanceof Body.Bytes bytes) {
                sink.write(bytes.bytes());
            } else if (body instanceof Body.FilePart part) {
                try (InputStream in = Files.newInputStream(part.path());
                        Source source = Okio.source(in)) {
                    in.skipNBytes(part.offset());
                    sink.write(source, part.length());
                }
            } else {
                try (InputStream in = ((Body.Streamed) body).source().open();
                        Source source = Okio.source(in)) {
                    sink.writeAll(source);
                }
            }
        }
    }

    private record OkReply(Call call, Response response, Wire wire, Flight flight) implements Reply {
        @Override
        public URI uri() {
            return wire.uri();
        }

        @Override
        public int status() {
            return response.code();
        }

        @Override
        public Optional<String> header(String name) {
            String value = response.header(name);
            return Optional.ofNullable(
                    value == null && name.equalsIgnoreCase("retry-after") ? flight.retryAfter : value);
        }

        @Override
        public InputStream body() {
            return response.body().byteStream();
        }

        @Override
        public void cancel() {
            call.cancel();
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
