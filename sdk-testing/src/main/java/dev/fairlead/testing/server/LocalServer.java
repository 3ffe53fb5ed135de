package dev.fairlead.testing.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What all servers share: a group of processes, an address, and the time it took to start. */
abstract class LocalServer implements RealServer {
    private final String name;
    private final String version;
    private final URI uri;
    private final Duration startDuration;
    final ServerGroup group;

    LocalServer(String name, String version, URI uri, ServerGroup group, long startedNanos) {
        this.name = name;
        this.version = version;
        this.uri = uri;
        this.group = group;
        this.startDuration = Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public Path directory() {
        return group.directory();
    }

    @Override
    public String logs() {
        return group.logs();
    }

    @Override
    public Duration startDuration() {
        return startDuration;
    }

    @Override
    public boolean running() {
        return group.running();
    }

    /** The sessions the processes run in, for tests that count what is left. */
    List<Long> sessions() {
        return group.sessions();
    }

    /** What someone who starts it by hand needs besides the address, one item per line. */
    List<String> details() {
        return List.of();
    }

    /** Ends every process of the server at once, as a crash would, where {@link #close()} lets it end in order. */
    public void kill() {
        group.kill();
    }

    @Override
    public void close() {
        group.close();
    }

    @Override
    public String toString() {
        return name + " " + version + " at " + uri;
    }

    /**
     * The settings every server has.
     *
     * @param <B> the builder itself
     * @param <S> the server it starts
     */
    abstract static class Builder<B extends Builder<B, S>, S extends RealServer> {
        final Map<String, String> environment = new HashMap<>();
        Optional<Path> directory = Optional.empty();
        Duration startTimeout = Duration.ofMinutes(4);

        Builder() {}

        abstract B self();

        /**
         * Sets the folder the server works in. Default: a temporary one that is removed on close. A server started again
         * in the same folder goes on with its data.
         *
         * @param folder made when missing, left in place on close
         * @return this builder
         */
        public B directory(Path folder) {
            directory = Optional.of(folder);
            return self();
        }

        /**
         * Sets an environment variable of the server's processes; it wins over what we set.
         *
         * @param name the variable
         * @param value its value
         * @return this builder
         */
        public B env(String name, String value) {
            environment.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return self();
        }

        /**
         * Sets how long the server may take from start to ready, installation not counted. Default: 4 minutes.
         *
         * @param timeout the time
         * @return this builder
         */
        public B startTimeout(Duration timeout) {
            startTimeout = timeout;
            return self();
        }

        /**
         * Starts the server and waits until it is ready.
         *
         * @return the running server; close it, or let the end of the JVM do so
         * @throws ServerException when it cannot be installed or does not become ready, with the end of its logs
         */
        public abstract S start();
    }
}
