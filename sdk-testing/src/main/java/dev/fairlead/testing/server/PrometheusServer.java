package dev.fairlead.testing.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real Prometheus that scrapes what it is given once a second.
 *
 * <p>Its program is that of Debian's package, unpacked into the cache and not installed, so that no service of the system starts.
 */
public final class PrometheusServer extends LocalServer {
    private static final String PACKAGE = "prometheus";

    private PrometheusServer(String version, URI uri, ServerGroup group, long startedNanos) {
        super("Prometheus", version, uri, group, startedNanos);
    }

    /**
     * Starts the description of a server.
     *
     * @return a builder without targets
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns why it cannot run here; its package is fetched on the way.
     *
     * @return the reason with the command that helps, or nothing when it can be started
     */
    public static Optional<String> missing() {
        return program().isPresent()
                ? Optional.empty()
                : Optional.of("the program prometheus is missing: apt-get install " + PACKAGE);
    }

    private static Optional<Path> program() {
        return Debian.unpacked(PACKAGE).map(folder -> folder.resolve("usr/bin/prometheus"));
    }

    /** Describes the server to start. */
    public static final class Builder extends LocalServer.Builder<Builder, PrometheusServer> {
        private final List<URI> targets = new ArrayList<>();

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Adds something to scrape.
         *
         * @param metrics the address of its metrics, {@code http://host:port/path}
         * @return this builder
         */
        public Builder scrape(URI metrics) {
            targets.add(metrics);
            return this;
        }

        @Override
        public PrometheusServer start() {
            Path program =
                    program().orElseThrow(() -> new ServerException(missing().orElse("")));
            String version = Commands.output(List.of(program.toString(), "--version"))
                    .map(text -> text.replaceAll("(?s)^prometheus, version ([0-9.]+).*", "$1"))
                    .orElse("");
            long started = System.nanoTime();
            ServerGroup group = new ServerGroup("Prometheus", directory);
            try {
                URI uri = local(group.port());
                Path config = group.directory().resolve("prometheus.yml");
                Folders.write(config, config());
                group.start(
                        "server",
                        List.of(
                                program.toString(),
                                "--config.file=" + config,
                                "--web.listen-address=127.0.0.1:" + uri.getPort(),
                                "--storage.tsdb.path=" + group.directory().resolve("data")),
                        Map.copyOf(environment));
                group.await(
                        "answer",
                        startTimeout,
                        () -> Http.ok(uri.resolve("/-/ready")).isPresent());
                return new PrometheusServer(version, uri, group, started);
            } catch (RuntimeException e) {
                group.close();
                throw e;
            }
        }

        private String config() {
            StringBuilder jobs = new StringBuilder("global: {scrape_interval: 1s}\nscrape_configs:\n");
            for (int i = 0; i < targets.size(); i++) {
                URI target = targets.get(i);
                jobs.append("- job_name: target-%d\n  metrics_path: %s\n  static_configs: [{targets: ['%s']}]\n"
                        .formatted(i, target.getPath(), target.getAuthority()));
            }
            return jobs.toString();
        }
    }
}
