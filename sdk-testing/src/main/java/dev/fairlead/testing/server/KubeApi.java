package dev.fairlead.testing.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Objects in and out of an API server, as text. */
final class KubeApi {
    private final URI server;
    private final String token;
    private final HttpClient client;

    KubeApi(URI server, String token, SSLContext tls) {
        this.server = server;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** Server-side apply of one object given as YAML or JSON. */
    String apply(String path, String object) {
        return call("PATCH", path + "?fieldManager=fairlead-test&force=true", "application/apply-patch+yaml", object);
    }

    String get(String path) {
        return call("GET", path, "application/json", "");
    }

    void delete(String path) {
        call("DELETE", path, "application/json", "");
    }

    /** The body of a 200; nothing for other answers and for none. */
    Optional<String> ask(String path) {
        try {
            HttpResponse<String> answer = send("GET", path, "application/json", "");
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    private String call(String method, String path, String type, String body) {
        try {
            HttpResponse<String> answer = send(method, path, type, body);
            if (answer.statusCode() / 100 != 2) {
                throw new ServerException(
                        method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new ServerException(method + " " + server + path + " failed: " + e.getMessage(), e);
        }
    }

    private HttpResponse<String> send(String method, String path, String type, String body) throws IOException {
        BodyPublisher content = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(method, content)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while calling " + path, e);
        }
    }
}
