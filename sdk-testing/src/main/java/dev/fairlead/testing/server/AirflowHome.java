package dev.fairlead.testing.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The folder, settings and database of one Airflow, which differ between 2 and 3. */
final class AirflowHome {
    private static final String DATABASE = "airflow.db";
    private static final Duration MIGRATE = Duration.ofMinutes(4);
    private static final Pattern HEALTHY = Pattern.compile("\"status\"\\s*:\\s*\"healthy\"");
    /** Airflow 2 keeps its users in the database: the template has them, each start gives them new passwords. */
    private static final String PASSWORDS = """
            import sqlite3, sys
            from werkzeug.security import generate_password_hash
            with sqlite3.connect(sys.argv[1]) as db:
                for name, password in (sys.argv[2:4], sys.argv[4:6]):
                    db.execute("update ab_user set password = ? where username = ?",
                               (generate_password_hash(password), name))
            """;

    private final PythonEnvironment python;
    private final boolean two;
    private final Path folder;

    AirflowHome(PythonEnvironment python, String version, Path folder) {
        this.python = python;
        this.two = version.startsWith("2.");
        this.folder = folder;
    }

    void copyDatabase() {
        Templates.copy(python, DATABASE, folder, made -> new AirflowHome(python, two ? "2." : "3.", made).migrate());
    }

    private void migrate() {
        airflow("migrate", "db", "migrate");
        if (two) {
            airflow("roles", "sync-perm");
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
        return Map.of(
                "PATH",
                python.searchPath(),
                "PYTHONUNBUFFERED",
                "1",
                "AIRFLOW_HOME",
                folder.toString(),
                "AIRFLOW__CORE__LOAD_EXAMPLES",
                "False",
                "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
                "sqlite:///" + folder.resolve(DATABASE));
    }

    Map<String, String> settings(Path dags, int port, int logPort, int triggererLogPort) {
        Map<String, String> settings = new HashMap<>(common());
        settings.put("AIRFLOW__CORE__DAGS_FOLDER", dags.toString());
        settings.put("AIRFLOW__CORE__PARALLELISM", "4");
        settings.put("AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT", String.valueOf(logPort));
        settings.put("AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT", String.valueOf(triggererLogPort));
        settings.put("AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME", "0.3");
        settings.put("AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL", "1");
        // all servers of this machine would share copies of repositories in the folder for temporary files
        settings.put(
                "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH",
                folder.resolve("bundles").toString());
        settings.put("AIRFLOW__USAGE_DATA_COLLECTION__ENABLED", "False");
        settings.putAll(two ? settingsOf2(port) : settingsOf3(port));
        return settings;
    }

    private static Map<String, String> settingsOf2(int port) {
        return Map.of(
                "AIRFLOW__WEBSERVER__WEB_SERVER_HOST", "127.0.0.1",
                "AIRFLOW__WEBSERVER__WEB_SERVER_PORT", String.valueOf(port),
                "AIRFLOW__WEBSERVER__BASE_URL", "http://127.0.0.1:" + port,
                "AIRFLOW__WEBSERVER__WORKERS", "1",
                "AIRFLOW__WEBSERVER__SECRET_KEY", Secrets.token(),
                "AIRFLOW__API__AUTH_BACKENDS", "airflow.api.auth.backend.basic_auth",
                "AIRFLOW__SCHEDULER__DAG_DIR_LIST_INTERVAL", "5",
                "AIRFLOW__SCHEDULER__MIN_FILE_PROCESS_INTERVAL", "2");
    }

    private static Map<String, String> settingsOf3(int port) {
        return Map.ofEntries(
                // a callback of a DAG asks its manager for each thing, and that answers once in each of its rounds
                Map.entry("AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT", "180"),
                Map.entry("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS", "admin:admin,viewer:viewer"),
                Map.entry("AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "http://127.0.0.1:" + port + "/execution/"),
                Map.entry("AIRFLOW__API__HOST", "127.0.0.1"),
                Map.entry("AIRFLOW__API__PORT", String.valueOf(port)),
                Map.entry("AIRFLOW__API__BASE_URL", "http://127.0.0.1:" + port),
                Map.entry("AIRFLOW__API__WORKERS", "1"),
                Map.entry("AIRFLOW__API_AUTH__JWT_SECRET", Secrets.token() + Secrets.token()),
                Map.entry("AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL", "5"),
                Map.entry("AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL", "2"));
    }

    void setUsers(ServerUser admin, ServerUser viewer) {
        if (!two) {
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
                folder.resolve(DATABASE).toString(),
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
