package dev.fairlead.testing.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Health checks over the JDK's client. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Http() {}

    /** The body of a 200 answer; nothing for any other status and when nobody answers. */
    static Optional<String> ok(URI uri) {
        Optional<HttpResponse<String>> answer =
                send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build());
        return answer.filter(a -> a.statusCode() == 200).map(HttpResponse::body);
    }

    /** The same over TLS; a client is made for each call, so as to ask seldom. */
    static Optional<String> ok(URI uri, SSLContext tls) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .sslContext(tls)
                .build();
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
        return send(client, request).filter(a -> a.statusCode() == 200).map(HttpResponse::body);
    }

    static Optional<HttpResponse<String>> send(HttpRequest request) {
        return send(CLIENT, request);
    }

    private static Optional<HttpResponse<String>> send(HttpClient client, HttpRequest request) {
        try {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException nobody) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while asking " + request.uri(), e);
        }
    }
}
