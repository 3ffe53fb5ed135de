package dev.fairlead.contract.airflow;

import dev.fairlead.airflow.dag.Dag;
import dev.fairlead.airflow.dag.Dialect;
import dev.fairlead.airflow.dag.RenderedDag;
import dev.fairlead.spi.JsonCodec;
import dev.fairlead.testing.server.PythonEnvironments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Airflow's own Python, one for each dialect, without a server.
 *
 * @param folder where files are written
 * @param deadline how long a script may take
 */
record AirflowPython(Path folder, Duration deadline) {
    static final Map<Dialect, String> VERSIONS = Map.of(
            Dialect.V2_11,
            "2.11.2",
            Dialect.V3_0,
            "3.0.6",
            Dialect.V3_1,
            "3.1.8",
            Dialect.V3_2,
            "3.2.2",
            Dialect.V3_3,
            "3.3.2");

    /** Runs Python and reads the last line that is JSON. */
    Map<String, Object> run(Dialect dialect, Map<String, String> variables, String... arguments) {
        String version = VERSIONS.get(dialect);
        Map<String, String> environment = new LinkedHashMap<>(variables);
        environment.put("AIRFLOW_HOME", folder.resolve("home-" + version).toString());
        environment.put("AIRFLOW__CORE__LOAD_EXAMPLES", "False");
        environment.put("AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT", "1800");
        String said = PythonEnvironments.open().require("airflow-" + version).python(deadline, environment, arguments);
        String last = said.lines()
                .filter(l -> l.startsWith("{"))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError(said));
        return JsonCodec.camelCase().object(last.getBytes(StandardCharsets.UTF_8), "Python's answer");
    }

    void write(Dag dag, Dialect dialect) throws IOException {
        RenderedDag rendered = dag.render(dialect);
        write(rendered.fileName(), rendered.source());
    }

    void write(String name, String source) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("dags")).resolve(name), source);
    }

    /** Parses what was written, and looks for what is expected of each field of each task of each DAG. */
    Map<String, Object> check(Dialect dialect, Map<String, ?> expected) throws IOException {
        Path file = Files.writeString(
                folder.resolve("expected.json"), JsonCodec.camelCase().text(expected));
        return run(
                dialect,
                Map.of(),
                script("check_dags.py"),
                folder.resolve("dags").toString(),
                file.toString());
    }

    /** Lets the operators of what was written build their objects of Kubernetes, by the tasks' ids. */
    Map<String, Object> built(Dialect dialect) throws IOException {
        Path config = Files.writeString(folder.resolve("kubeconfig"), """
                {"apiVersion": "v1", "kind": "Config", "current-context": "c",
                 "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
                 "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:1"}}],
                 "users": [{"name": "u", "user": {}}]}
                """);
        return run(
                dialect,
                Map.of(
                        "KUBECONFIG",
                        config.toString(),
                        "AIRFLOW_CONN_KUBERNETES_DEFAULT",
                        "kubernetes://",
                        "AIRFLOW_CONN_K8S",
                        "kubernetes://"),
                script("build_objects.py"),
                folder.resolve("dags").toString());
    }

    private String script(String name) throws IOException {
        Path script = folder.resolve(name);
        try (InputStream in = AirflowPython.class.getResourceAsStream(name)) {
            Files.write(script, in.readAllBytes());
        }
        return script.toString();
    }
}
