package dev.fairlead.testing.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The folder, settings and database of one Airflow, which differ between 2 and 3. */
final class AirflowHome {
    private static final String FAB = "airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager";
    private static final String POSTGRES = "postgres";
    /** Changed files are read at once; the others are not to keep the machine busy. */
    private static final String READ_AGAIN = "10";

    private static final Duration MIGRATE = Duration.ofMinutes(4);
    private static final Pattern HEALTHY = Pattern.compile("\"status\"\\s*:\\s*\"healthy\"");
    /** Users in the database: the template has them, each start gives them new passwords. */
    private static final String PASSWORDS = """
            import sys
            import sqlalchemy
            from werkzeug.security import generate_password_hash
            with sqlalchemy.create_engine(sys.argv[1]).begin() as db:
                for name, password in (sys.argv[2:4], sys.argv[4:6]):
                    db.execute(sqlalchemy.text("update ab_user set password = :hash where username = :name"),
                               {"hash": generate_password_hash(password), "name": name})
            """;

    private final PythonEnvironment python;
    private final String version;
    private final Path folder;
    private final boolean two;
    private final boolean fab;
    private String database;

    AirflowHome(PythonEnvironment python, String version, Path folder, boolean fab) {
        this.python = python;
        this.version = version;
        this.folder = folder;
        this.two = version.startsWith("2.");
        this.fab = fab;
        this.database = "sqlite:///" + folder.resolve(file());
    }

    private String file() {
        return fab ? "airflow-fab.db" : "airflow.db";
    }

    /** Makes the database a copy of the one that was migrated once. */
    void copyDatabase() {
        Templates.copy(python, file(), folder, made -> new AirflowHome(python, version, made, fab).migrate());
    }

    /** Starts a PostgreSQL on a copy of the data that was migrated once. */
    PostgresServer startPostgres() {
        String data = fab ? POSTGRES + "-fab" : POSTGRES;
        Templates.copy(python, data, folder, made -> {
            AirflowHome first = new AirflowHome(python, version, made, fab);
            try (PostgresServer ignored = first.startPostgres(made.resolve(data))) {
                first.migrate();
            }
        });
        return startPostgres(folder.resolve(data));
    }

    private PostgresServer startPostgres(Path data) {
        PostgresServer server = PostgresServer.builder().directory(data).start();
        database = server.database();
        return server;
    }

    private void migrate() {
        airflow("migrate", "db", "migrate");
        if (two) {
            airflow("roles", "sync-perm");
        }
        if (two || fab) {
            createUser("admin", "Admin");
            createUser("viewer", "Viewer");
        }
    }

    private void createUser(String name, String role) {
        airflow(
                "user-" + name,
                "users",
                "create",
                "--username",
                name,
                "--role",
                role,
                "--password",
                Secrets.token(),
                "--firstname",
                name,
                "--lastname",
                name,
                "--email",
                name + "@example.com");
    }

    private void airflow(String step, String... arguments) {
        List<String> command = new ArrayList<>(List.of(python.program("airflow").toString()));
        command.addAll(List.of(arguments));
        Commands.run("airflow " + step, command, common(), folder, folder.resolve(step + ".log"), MIGRATE);
    }

    private Map<String, String> common() {
        Map<String, String> common = new HashMap<>(Map.of(
                "PATH",
                python.searchPath(),
                "PYTHONUNBUFFERED",
                "1",
                "AIRFLOW_HOME",
                folder.toString(),
                "AIRFLOW__CORE__LOAD_EXAMPLES",
                "False",
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
                database));
        if (fab) {
            common.put("AIRFLOW__CORE__AUTH_MANAGER", FAB);
        }
        return common;
    }

    /** Returns the settings of a program that runs DAGs by itself. */
    Map<String, String> withoutServer(Path dags) {
        Map<String, String> settings = new HashMap<>(common());
        settings.put("AIRFLOW__CORE__FERNET_KEY", fernetKey());
        settings.put("AIRFLOW__CORE__DAGS_FOLDER", dags.toString());
        return settings;
    }

    Map<String, String> settings(Path dags, int port, int logPort, int triggererLogPort) {
        Map<String, String> settings = new HashMap<>(withoutServer(dags));
        settings.put("AIRFLOW__CORE__PARALLELISM", "4");
        settings.put("AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT", String.valueOf(logPort));
        settings.put("AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT", String.valueOf(triggererLogPort));
        settings.put("AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME", "0.3");
        settings.put("AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL", "0");
        // all servers of this machine would share copies of repositories in the folder for temporary files
        settings.put(
                "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH",
                folder.resolve("bundles").toString());
        settings.put("AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "False");
        settings.putAll(two ? settingsOf2(port) : settingsOf3(port));
        if (version.startsWith("3.0.")) {
            // it hands PyJWT the issuer it has not, which newer ones refuse
            settings.put("AIRFLOW__API_AUTH__JWT_ISSUER", "airflow");
        }
        return settings;
    }

    /** Kept with the data, which a server started again must be able to read; parts that start at once would each make one. */
    private String fernetKey() {
        Path file = folder.resolve("fernet.key");
        if (!Files.exists(file)) {
            byte[] key = Secrets.token().getBytes(StandardCharsets.US_ASCII);
            Folders.write(file, Base64.getUrlEncoder().encodeToString(key));
        }
        return Folders.read(file).strip();
    }

    private static Map<String, String> settingsOf2(int port) {
        return Map.of(
                "AIRFLOW__WEBSERVER__WEB_SERVER_HOST",
                "127.0.0.1",
                "AIRFLOW__WEBSERVER__WEB_SERVER_PORT",
                String.valueOf(port),
                "AIRFLOW__WEBSERVER__BASE_URL",
                "http://127.0.0.1:" + port,
                "AIRFLOW__WEBSERVER__WORKERS",
                "1",
                "AIRFLOW__WEBSERVER__SECRET_KEY",
                Secrets.token(),
                "AIRFLOW__API__AUTH_BACKENDS",
                "airflow.api.auth.backend.basic_auth",
                "AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL",
                "1",
                "AIRFLOW__SCHEDULER__MIN_FILE_PROCESS_INTERVAL",
                READ_AGAIN);
    }

    private static Map<String, String> settingsOf3(int port) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS",
                "admin:admin,viewer:viewer",
                "AIRFLOW__CORE__EXECUTION_API_SERVER_URL",
                "http://127.0.0.1:" + port + "/execution/",
                "AIRFLOW__API__HOST",
                "127.0.0.1",
                "AIRFLOW__API__PORT",
                String.valueOf(port),
                "AIRFLOW__API__BASE_URL",
                "http://127.0.0.1:" + port,
                "AIRFLOW__API__WORKERS",
                "1",
                "AIRFLOW__API_AUTH__JWT_SECRET",
                Secrets.token() + Secrets.token(),
                "AIRFLOW__API__SECRET_KEY",
                Secrets.token()));
        // a callback of a DAG asks its manager for each thing, and that answers once in each of its rounds
        settings.put("AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT", "180");
        settings.put("AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL", "1");
        settings.put("AIRFLOW__DAG_PROCESSOR__BUNDLE_REFRESH_CHECK_INTERVAL", "1");
        settings.put("AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL", READ_AGAIN);
        return settings;
    }

    void setUsers(ServerUser admin, ServerUser viewer) {
        if (!two && !fab) {
            Folders.write(folder.resolve("simple_auth_manager_passwords.json.generated"), """
                    {"%s": "%s", "%s": "%s"}
                    """.formatted(
                            admin.name(), admin.password(), viewer.name(), viewer.password()));
            return;
        }
        python.python(
                Duration.ofMinutes(1),
                Map.of(),
                "-c",
                PASSWORDS,
                database,
                admin.name(),
                admin.password(),
                viewer.name(),
                viewer.password());
    }

    String healthPath() {
        return two ? "/health" : "/api/v2/monitor/health";
    }

    /** Database, scheduler and triggerer; Airflow 3 has a DAG processor of its own too. */
    boolean isHealthy(String answer) {
        return HEALTHY.matcher(answer).results().count() >= (two ? 3 : 4);
    }
}
