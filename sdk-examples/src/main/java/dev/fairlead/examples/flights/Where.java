package dev.fairlead.examples.flights;

import dev.fairlead.MlPlatform;
import dev.fairlead.testing.EmbeddedPlatform;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where the program runs: on the embedded platform, or on the services its arguments name.
 *
 * @param name what to call it
 * @param platform the platform
 * @param report where the report goes
 * @param owner what is closed at the end
 */
record Where(String name, MlPlatform platform, Path report, AutoCloseable owner) implements AutoCloseable {
    private static final Map<String, String> SETTINGS = Map.of(
            "--mlflow", "mlflow.uri",
            "--mlflow-artifacts", "mlflow.artifact-root",
            "--airflow", "airflow.uri",
            "--airflow-user", "airflow.username",
            "--airflow-password", "airflow.password",
            "--airflow-dags", "airflow.dags-dir",
            "--kubeconfig", "kubernetes.kubeconfig",
            "--namespace", "kubernetes.namespace",
            "--seldon", "seldon.uri");

    static Where of(String... arguments) {
        Path report = Path.of("target", "flights-report.html");
        MlPlatform.Builder builder = MlPlatform.builder();
        boolean real = false;
        for (int i = 0; i < arguments.length; i += 2) {
            String option = arguments[i];
            String setting = SETTINGS.get(option);
            if (i + 1 == arguments.length || (setting == null && !option.equals("--report"))) {
                throw new IllegalArgumentException("cannot use " + option + "; options, each with a value: --report, "
                        + String.join(", ", SETTINGS.keySet().stream().sorted().toList()));
            }
            if (setting == null) {
                report = Path.of(arguments[i + 1]);
            } else {
                builder.setting(setting, arguments[i + 1]);
                real = true;
            }
        }
        if (real) {
            MlPlatform platform = builder.build();
            return new Where("the services named", platform, report, platform);
        }
        EmbeddedPlatform embedded = EmbeddedPlatform.start();
        return new Where("the embedded platform", embedded.platform(), report, embedded);
    }

    @Override
    public void close() throws Exception {
        owner.close();
    }
}
