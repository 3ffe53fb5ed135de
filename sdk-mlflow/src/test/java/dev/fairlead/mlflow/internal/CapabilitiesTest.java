package dev.fairlead.mlflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.config.CallOptions;
import dev.fairlead.error.CallDetails;
import dev.fairlead.error.NotFoundException;
import dev.fairlead.error.UnsupportedByServerException;
import dev.fairlead.spi.CallSpec;
import dev.fairlead.spi.Deadline;
import dev.fairlead.spi.HttpCalls;
import dev.fairlead.spi.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    private final Server server = new Server();
    private final Capabilities capabilities = new Capabilities();

    @Test
    void require_laterServer_isAskedOnce() {
        server.version = "3.17.2";

        capabilities.require(server, "logged models", "3.0");
        capabilities.require(server, "roles", "3.17");

        assertThat(server.paths).containsExactly("/version");
    }

    @Test
    void require_earlierServer_namesVersionFeatureAndRemedy() {
        server.version = "2.22.5";

        assertThatThrownBy(() -> capabilities.require(server, "logged models", "3.0"))
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("mlflow 2.22.5 at http://ml:5000 does not support logged models; "
                        + "it needs MLflow 3.0 or later")
                .hasMessageContaining("upgrade the tracking server");
    }

    @Test
    void require_serverUpgradedSince_isAskedAgain() {
        server.version = "2.22.5";
        assertThatThrownBy(() -> capabilities.require(server, "logged models", "3.0"))
                .isInstanceOf(UnsupportedByServerException.class);
        server.version = "3.17.2";

        capabilities.require(server, "logged models", "3.0");

        assertThat(server.paths).containsExactly("/version", "/version");
    }

    @Test
    void require_versionHidden_letsTheServerTell() {
        server.version = null;

        assertThatCode(() -> capabilities.require(server, "logged models", "3.0"))
                .doesNotThrowAnyException();
    }

    @Test
    void requireWorkspaces_serverWithout_saysHowToStartIt() {
        server.version = "3.17.2";
        server.info = "{\"store_type\":\"SqlStore\",\"workspaces_enabled\":false}";

        assertThatThrownBy(() -> capabilities.requireWorkspaces(server))
                .isInstanceOf(UnsupportedByServerException.class)
                .hasMessageContaining("runs without workspaces")
                .hasMessageContaining("--enable-workspaces");
    }

    @Test
    void requireWorkspaces_serverWith_isAskedOnce() {
        server.version = "3.17.2";
        server.info = "{\"store_type\":\"SqlStore\",\"workspaces_enabled\":true}";
        capabilities.ask(server);
        server.paths.clear();

        capabilities.requireWorkspaces(server);

        assertThat(server.paths).isEmpty();
    }

    /** Answers the two questions. */
    private static final class Server implements HttpCalls {
        final List<String> paths = new ArrayList<>();
        String version = "3.17.2";
        String info = "{}";

        @Override
        public <T> T call(CallSpec<T> spec) {
            paths.add(spec.path());
            String body = spec.path().equals("/version") ? version : info;
            if (body == null) {
                throw new NotFoundException(
                        new CallDetails("mlflow", spec.operation(), "GET", baseUri(), 404, "", "", List.of(), 1, null),
                        "");
            }
            try (Answer answer = new Answer(body)) {
                return spec.decoder().decode(answer);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public <T> T call(CallSpec<T> spec, Deadline deadline) {
            return call(spec);
        }

        @Override
        public Reply open(CallSpec<?> spec, Deadline deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public HttpCalls with(CallOptions options) {
            return this;
        }

        @Override
        public java.util.Map<String, String> headers() {
            return java.util.Map.of();
        }

        @Override
        public URI baseUri() {
            return URI.create("http://ml:5000");
        }

        @Override
        public Deadline deadline() {
            throw new UnsupportedOperationException();
        }
    }

    private record Answer(String text) implements Reply {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return URI.create("http://ml:5000");
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    }
}
