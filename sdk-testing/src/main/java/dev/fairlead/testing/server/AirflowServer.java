package dev.fairlead.testing.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real Airflow: API or web server, scheduler, DAG processor and triggerer, with an administrator and a viewer. New DAG
 * files are seen within some seconds.
 */
public final class AirflowServer extends LocalServer {
    /** The newest version whose packages install. */
    public static final String CURRENT = "3.3.2";
    /** The last version before 3. */
    public static final String LAST_2 = "2.11.2";

    private final Path dags;
    private final ServerUser admin;
    private final ServerUser viewer;
    private final AirflowParts parts;
    private final Optional<PostgresServer> database;

    private AirflowServer(
            String version,
            URI uri,
            ServerGroup group,
            long startedNanos,
            Path dags,
            ServerUser admin,
            ServerUser viewer,
            AirflowParts parts,
            Optional<PostgresServer> database) {
        super("Airflow", version, uri, group, startedNanos);
        this.parts = parts;
        this.database = database;
        this.dags = dags;
        this.admin = admin;
        this.viewer = viewer;
    }

    /**
     * Starts the description of a server.
     *
     * @return a builder whose defaults are version 3.3.2, an empty DAG folder and no cluster
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the folder the scheduler reads DAGs from.
     *
     * @return an absolute path
     */
    public Path dags() {
        return dags;
    }

    /**
     * Returns the user who may do everything.
     *
     * @return name and password
     */
    public ServerUser admin() {
        return admin;
    }

    /**
     * Returns the user who may only read.
     *
     * @return name and password
     */
    public ServerUser viewer() {
        return viewer;
    }

    /**
     * Ends one part at once, as {@code kill -9} does; the others go on.
     *
     * @param part {@code api-server}, {@code scheduler}, {@code dag-processor} or {@code triggerer}; {@code webserver} on Airflow 2
     * @throws ServerException if it does not run
     */
    public void killPart(String part) {
        parts.kill(part);
    }

    /**
     * Starts a part again that was killed, with the same settings on the same port, and waits until the server is healthy.
     *
     * @param part as for {@link #killPart}
     * @throws ServerException if it does not become healthy in time
     */
    public void restartPart(String part) {
        parts.restart(part);
    }

    @Override
    public void kill() {
        super.kill();
        database.ifPresent(LocalServer::kill);
    }

    @Override
    public void close() {
        super.close();
        database.ifPresent(LocalServer::close);
    }

    @Override
    List<String> details() {
        return List.of(
                "DAG folder " + dags,
                "user " + admin.name() + " password " + admin.password(),
                "user " + viewer.name() + " password " + viewer.password());
    }

    /** Describes the server to start. */
    public static final class Builder extends LocalServer.Builder<Builder, AirflowServer> {
        private String version = CURRENT;
        private Optional<Path> dags = Optional.empty();
        private Optional<Path> kubeconfig = Optional.empty();
        private int port;
        private boolean fab;
        private boolean postgres;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the version.
         *
         * @param version one there is a lock for: 3.3.2 (default), 3.2.2, 3.1.8, 3.0.6 or 2.11.2
         * @return this builder
         */
        public Builder version(String version) {
            this.version = version;
            return this;
        }

        /**
         * Sets the port of the API. Default: a free one.
         *
         * @param port a free port on loopback
         * @return this builder
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Sets the folder DAGs are read from. Default: an empty folder of the server.
         *
         * @param folder made when missing
         * @return this builder
         */
        public Builder dags(Path folder) {
            dags = Optional.of(folder.toAbsolutePath());
            return this;
        }

        /**
         * Makes a cluster the connection {@code kubernetes_default}, which pod tasks use unless they name another.
         *
         * @param file a kubeconfig
         * @return this builder
         */
        public Builder kubeconfig(Path file) {
            kubeconfig = Optional.of(file.toAbsolutePath());
            return this;
        }

        /**
         * Lets Flask AppBuilder, Airflow's auth manager with roles, know the users; Airflow 2 has no other. Default: the simple
         * one of Airflow 3.
         *
         * @return this builder
         */
        public Builder fab() {
            fab = true;
            return this;
        }

        /**
         * Keeps its data in a PostgreSQL of its own, see {@link PostgresServer} for what that needs. Default: SQLite, where one
         * writer waits for the other.
         *
         * @return this builder
         */
        public Builder postgres() {
            postgres = true;
            return this;
        }

        @Override
        public AirflowServer start() {
            PythonEnvironment python = PythonEnvironments.open().require("airflow-" + version);
            ServerGroup group = new ServerGroup("Airflow", directory);
            Optional<PostgresServer> database = Optional.empty();
            try {
                boolean two = version.startsWith("2.");
                AirflowHome home = new AirflowHome(python, version, group.directory(), fab && !two);
                if (postgres) {
                    database = Optional.of(home.startPostgres());
                } else {
                    home.copyDatabase();
                }
                long started = System.nanoTime();
                int chosen = group.port(port);
                Path folder = Folders.create(dags.orElse(group.directory().resolve("dags")));
                ServerUser admin = new ServerUser("admin", Secrets.token());
                ServerUser viewer = new ServerUser("viewer", Secrets.token());
                Map<String, String> variables =
                        new HashMap<>(home.settings(folder, chosen, group.port(), group.port()));
                kubeconfig.ifPresent(file -> variables.putAll(cluster(file)));
                variables.putAll(environment);
                home.setUsers(admin, viewer);
                URI uri = local(chosen);
                AirflowParts parts = new AirflowParts(
                        group, python.program("airflow").toString(), variables, home, uri, startTimeout);
                parts.startAll(fab && !two);
                return new AirflowServer(version, uri, group, started, folder, admin, viewer, parts, database);
            } catch (RuntimeException e) {
                group.close();
                database.ifPresent(PostgresServer::close);
                throw e;
            }
        }

        private static Map<String, String> cluster(Path file) {
            String connection = "{\"conn_type\": \"kubernetes\", \"extra\": {\"kube_config_path\": \"" + file
                    + "\", \"in_cluster\": false}}";
            return Map.of("AIRFLOW_CONN_KUBERNETES_DEFAULT", connection, "KUBECONFIG", file.toString());
        }
    }
}
