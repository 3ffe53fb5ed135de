package dev.fairlead.testing.server;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A real MLflow tracking server on SQLite that serves artifacts from a folder or from S3.
 *
 * <pre>{@code
 * try (MlflowServer mlflow = MlflowServer.builder().start()) {
 *     URI trackingUri = mlflow.uri();
 * }
 * }</pre>
 */
public final class MlflowServer extends LocalServer {
    /** The newest version whose packages install. */
    public static final String CURRENT = "3.17.2";
    /** The last version before 3. */
    public static final String LAST_2 = "2.22.5";

    private static final String DATABASE = "mlflow.db";
    /** Tables only: the default experiment is left to the server, which knows where its artifacts go. */
    private static final String MIGRATE = """
            from mlflow.store.db.utils import _initialize_tables, create_sqlalchemy_engine_with_retry
            import mlflow.store.tracking.sqlalchemy_store
            import mlflow.store.model_registry.sqlalchemy_store
            _initialize_tables(create_sqlalchemy_engine_with_retry("sqlite:///mlflow.db"))
            """;

    private static final Pattern PASSWORD = Pattern.compile("admin_password = (\\S+)");

    private final Optional<ServerUser> admin;
    private final MlflowTls tls;

    private MlflowServer(
            String version, URI uri, ServerGroup group, long startedNanos, Optional<ServerUser> admin, MlflowTls tls) {
        super("MLflow", version, uri, group, startedNanos);
        this.admin = admin;
        this.tls = tls;
    }

    /**
     * Starts the description of a server.
     *
     * @return a builder whose defaults are version 3.17.2, a fresh database, artifacts in a folder, no users
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the administrator of a server with users.
     *
     * @return nothing unless {@link Builder#basicAuth()} was asked for
     */
    public Optional<ServerUser> admin() {
        return admin;
    }

    /**
     * Returns the certificate of a server that speaks TLS, PEM, which is its own authority.
     *
     * @return nothing unless {@link Builder#tls()} or {@link Builder#mutualTls()} was asked for
     */
    public Optional<Path> certificate() {
        return tls.certificate().map(Certificate::certificate);
    }

    /**
     * Returns the key of {@link #certificate()}, PEM in PKCS#8.
     *
     * @return nothing unless {@link Builder#tls()} or {@link Builder#mutualTls()} was asked for
     */
    public Optional<Path> certificateKey() {
        return tls.certificate().map(Certificate::key);
    }

    /** Describes the server to start. */
    public static final class Builder extends LocalServer.Builder<Builder, MlflowServer> {
        private String version = CURRENT;
        private String artifacts = "";
        private boolean serveArtifacts = true;
        private boolean basicAuth;
        private boolean workspaces;
        private String prefix = "";
        private String database = "";
        private MlflowTls.Wanted tls = MlflowTls.Wanted.NO;
        private int port;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the version.
         *
         * @param version one there is a lock for: 3.17.2 (default) or 2.22.5
         * @return this builder
         */
        public Builder version(String version) {
            this.version = version;
            return this;
        }

        /**
         * Sets the port. Default: a free one.
         *
         * @param port a free port on loopback
         * @return this builder
         */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * Keeps artifacts there. Default: a folder of the server.
         *
         * @param destination a folder, or a URI such as {@code s3://bucket/prefix}
         * @return this builder
         */
        public Builder artifacts(String destination) {
            artifacts = destination;
            return this;
        }

        /**
         * Sets the endpoint and keys with which the server reaches S3.
         *
         * @param endpoint for example {@code http://127.0.0.1:9000}
         * @param accessKey the key id
         * @param secretKey the secret
         * @return this builder
         */
        public Builder s3(URI endpoint, String accessKey, String secretKey) {
            return env("MLFLOW_S3_ENDPOINT_URL", endpoint.toString())
                    .env("AWS_ACCESS_KEY_ID", accessKey)
                    .env("AWS_SECRET_ACCESS_KEY", secretKey)
                    .env("AWS_DEFAULT_REGION", "us-east-1");
        }

        /**
         * Makes clients reach the artifact store themselves: the server hands out its location and proxies nothing.
         *
         * @return this builder
         */
        public Builder directArtifacts() {
            serveArtifacts = false;
            return this;
        }

        /**
         * Starts the server with users: every call needs a name and a password.
         *
         * @return this builder
         */
        public Builder basicAuth() {
            basicAuth = true;
            return this;
        }

        /**
         * Starts the server with workspaces; needs MLflow 3.
         *
         * @return this builder
         */
        public Builder workspaces() {
            workspaces = true;
            return this;
        }

        /**
         * Serves everything below a path.
         *
         * @param path with a slash at its start and none at its end, such as {@code /ml}
         * @return this builder
         */
        public Builder staticPrefix(String path) {
            prefix = path;
            return this;
        }

        /**
         * Keeps everything in PostgreSQL. Default: SQLite.
         *
         * @param server a running one, for this server alone
         * @return this builder
         */
        public Builder postgres(PostgresServer server) {
            database = server.database();
            return this;
        }

        /**
         * Speaks TLS with a certificate of its own, see {@link MlflowServer#certificate()}; needs MLflow 3.
         *
         * @return this builder
         */
        public Builder tls() {
            tls = MlflowTls.Wanted.SERVER;
            return this;
        }

        /**
         * Speaks TLS and lets in only who shows a certificate, which the server's own may be; needs MLflow 3.
         *
         * @return this builder
         */
        public Builder mutualTls() {
            tls = MlflowTls.Wanted.MUTUAL;
            return this;
        }

        @Override
        public MlflowServer start() {
            PythonEnvironment python = PythonEnvironments.open().require("mlflow-" + version);
            ServerGroup group = new ServerGroup("MLflow", directory);
            try {
                Path folder = group.directory();
                if (database.isEmpty()) {
                    Templates.copy(python, DATABASE, folder, made -> migrate(python, made));
                }
                MlflowTls secured = MlflowTls.of(tls, folder);
                long started = System.nanoTime();
                int chosen = group.port(port);
                Map<String, String> variables = new HashMap<>();
                variables.put("PATH", python.searchPath());
                variables.put("PYTHONUNBUFFERED", "1");
                // nine processes for evaluations on the server, which nobody asks for here
                variables.put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
                Optional<ServerUser> admin = basicAuth ? Optional.of(users(folder, variables)) : Optional.empty();
                variables.putAll(environment);
                List<String> command = command(python, chosen, folder);
                command.addAll(secured.options());
                group.start("server", command, variables);
                URI uri = URI.create(secured.scheme() + "://127.0.0.1:" + chosen + prefix);
                group.await("answer of " + uri + "/health", startTimeout, () -> secured.answers(uri + "/health"));
                return new MlflowServer(version, uri, group, started, admin, secured);
            } catch (RuntimeException e) {
                group.close();
                throw e;
            }
        }

        private static void migrate(PythonEnvironment python, Path folder) {
            Commands.run(
                    "database of MLflow",
                    List.of(python.program("python").toString(), "-c", MIGRATE),
                    Map.of(),
                    folder,
                    folder.resolve("migrate.log"),
                    Duration.ofMinutes(3));
        }

        private ServerUser users(Path folder, Map<String, String> variables) {
            Path config = folder.resolve("auth.ini");
            ServerUser admin = new ServerUser("admin", knownPassword(config).orElseGet(Secrets::token));
            Folders.write(config, """
                    [mlflow]
                    default_permission = READ
                    auth_cache_ttl_seconds = 300
                    database_uri = sqlite:///%s
                    admin_username = %s
                    admin_password = %s
                    authorization_function = mlflow.server.auth:authenticate_request_basic_auth
                    """.formatted(folder.resolve("auth.db"), admin.name(), admin.password()));
            variables.put("MLFLOW_AUTH_CONFIG_PATH", config.toString());
            variables.put("MLFLOW_FLASK_SERVER_SECRET_KEY", Secrets.token());
            return admin;
        }

        /** In a folder used before, the database knows its administrator already. */
        private static Optional<String> knownPassword(Path config) {
            return Files.exists(config)
                    ? PASSWORD.matcher(Folders.read(config))
                            .results()
                            .map(r -> r.group(1))
                            .findFirst()
                    : Optional.empty();
        }

        private List<String> command(PythonEnvironment python, int chosen, Path folder) {
            String place = artifacts.isEmpty() ? folder.resolve("artifacts").toString() : artifacts;
            List<String> command = new ArrayList<>(List.of(
                    python.program("mlflow").toString(),
                    "server",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(chosen),
                    "--workers",
                    "1",
                    "--backend-store-uri",
                    database.isEmpty() ? "sqlite:///" + folder.resolve(DATABASE) : database));
            if (serveArtifacts) {
                command.addAll(List.of("--serve-artifacts", "--artifacts-destination", place));
            } else {
                command.addAll(List.of("--no-serve-artifacts", "--default-artifact-root", place));
            }
            if (basicAuth) {
                command.addAll(List.of("--app-name", "basic-auth"));
            }
            if (workspaces) {
                command.add("--enable-workspaces");
            }
            if (!prefix.isEmpty()) {
                command.addAll(List.of("--static-prefix", prefix));
            }
            return command;
        }
    }
}
