package dev.fairlead.internal.kube;

import dev.fairlead.config.Timeouts;
import dev.fairlead.internal.http.Transport;
import dev.fairlead.internal.http.TransportFailure;
import dev.fairlead.internal.http.Wire;
import dev.fairlead.spi.Body;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.Reply;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Sends through fabric8's HTTP client: credentials come with the request, repeating is the line's. */
final class KubeTransport implements Transport {
    /** The client's own limit fires first and closes the connection; this much later we stop waiting for it. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final HttpClient client;
    private final List<Map.Entry<String, String>> more;
    private final Duration idle;

    KubeTransport(KubeTarget target, Timeouts timeouts) {
        this.client = new KubeHttp(target, timeouts).bare();
        this.more = target.impersonation();
        this.idle = timeouts.idle();
    }

    @Override
    public Reply send(Wire wire, Deadline deadline) throws TransportFailure {
        Duration left = deadline.left();
        Duration limit = wire.transfer() && idle.compareTo(left) < 0 ? idle : left;
        KubeReply reply = new KubeReply(wire.uri(), deadline, wire.transfer() ? idle : left);
        CompletableFuture<HttpResponse<AsyncBody>> answer = start(wire, limit, reply);
        try {
            reply.begin(answer.get(limit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS));
            return reply;
        } catch (InterruptedException e) {
            abandon(answer);
            Thread.currentThread().interrupt();
            throw new TransportFailure("interrupted", true, true, new IOException("interrupted", e));
        } catch (TimeoutException e) {
            abandon(answer);
            throw new TransportFailure("no answer in time", true, false, new IOException("no answer in time", e));
        } catch (ExecutionException e) {
            throw failure(e.getCause(), wire.uri());
        }
    }

    private CompletableFuture<HttpResponse<AsyncBody>> start(Wire wire, Duration limit, KubeReply reply)
            throws TransportFailure {
        try {
            return client.consumeBytes(request(wire, limit), reply);
        } catch (IOException e) {
            throw new TransportFailure("the content to send cannot be read: " + e.getMessage(), false, true, e);
        } catch (IllegalArgumentException e) {
            // the message of the client quotes the header, which may be a token
            String reason = "a header holds characters that HTTP does not allow";
            throw new TransportFailure(reason, false, true, new IOException(reason));
        }
    }

    private HttpRequest request(Wire wire, Duration limit) throws IOException {
        HttpRequest.Builder request = client.newHttpRequestBuilder().uri(wire.uri());
        wire.headers().forEach(request::setHeader);
        more.forEach(header -> request.header(header.getKey(), header.getValue()));
        request.timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        Body body = wire.body();
        if (body instanceof Body.Bytes bytes) {
            ByteArrayInputStream content = new ByteArrayInputStream(bytes.bytes());
            request.method(wire.method(), body.contentType(), content, bytes.bytes().length);
        } else if (body instanceof Body.FilePart part) {
            InputStream content = Files.newInputStream(part.path());
            content.skipNBytes(part.offset());
            request.method(wire.method(), body.contentType(), content, part.length());
        } else if (body instanceof Body.Streamed streamed) {
            request.method(wire.method(), body.contentType(), streamed.source().open(), streamed.length());
        } else {
            String none = null;
            request.method(wire.method(), none, none);
        }
        return request.build();
    }

    private static void abandon(CompletableFuture<HttpResponse<AsyncBody>> answer) {
        var unused = answer.whenComplete((response, failure) -> {
            if (response != null) {
                response.body().cancel();
            }
        });
    }

    private static TransportFailure failure(@Nullable Throwable thrown, URI uri) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = cause == null
                ? "unknown"
                : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        IOException io = cause instanceof IOException known ? known : new IOException(reason, cause);
        if (cause instanceof HttpConnectTimeoutException) {
            return new TransportFailure("no connection in time", false, false, io);
        }
        if (cause instanceof HttpTimeoutException) {
            return new TransportFailure("no answer in time", true, false, io);
        }
        if (cause instanceof ConnectException) {
            boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
            String place = (unknown ? "unknown host: " : "connection refused: ") + uri.getRawAuthority();
            return new TransportFailure(place, false, false, io);
        }
        if (cause instanceof SSLHandshakeException) {
            return new TransportFailure("TLS: " + reason, false, true, io);
        }
        if (cause instanceof IllegalArgumentException) {
            String header = "a header holds characters that HTTP does not allow";
            return new TransportFailure(header, false, true, new IOException(header));
        }
        return new TransportFailure(
                (cause instanceof SSLException ? "TLS: " : "connection broken: ") + reason, true, false, io);
    }

    @Override
    public void close() {
        client.close();
    }
}
