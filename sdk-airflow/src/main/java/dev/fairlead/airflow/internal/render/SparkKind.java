package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.SparkTask;
import dev.fairlead.kubernetes.Gpu;
import dev.fairlead.kubernetes.Resources;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes Spark applications. */
final class SparkKind implements TaskKind<SparkTask> {
    @Override
    public String operator(SparkTask task) {
        return "SparkKubernetesOperator";
    }

    @Override
    public List<String> fileEndings(SparkTask task) {
        return List.of("yaml", "yml", "json");
    }

    @Override
    public void write(SparkTask task, Arguments out) {
        out.plain("kubernetes_conn_id", task.connection());
        out.plain("namespace", task.namespace());
        out.put("template_spec", out.jinja().value(application(task)));
        out.seconds("startup_timeout_seconds", task.startupTimeout());
        if (task.keepsApplication()) {
            out.plain("delete_on_termination", false);
        }
    }

    private static Map<String, Object> application(SparkTask task) {
        return Map.of(
                "apiVersion",
                "sparkoperator.k8s.io/v1beta2",
                "kind",
                "SparkApplication",
                "spec",
                merged(spec(task), task.fields()));
    }

    private static Map<String, Object> spec(SparkTask task) {
        Map<String, Object> spec = new LinkedHashMap<>(Map.of(
                "type", task.language(),
                "mode", "cluster",
                "image", task.image(),
                "sparkVersion", task.sparkVersion(),
                "mainApplicationFile", task.mainFile()));
        task.mainClass().ifPresent(c -> spec.put("mainClass", c));
        put(spec, "arguments", task.arguments());
        if (!task.sparkConf().isEmpty()) {
            spec.put("sparkConf", task.sparkConf());
        }
        Map<String, Object> dependencies = new LinkedHashMap<>();
        put(dependencies, "jars", task.jars());
        put(dependencies, "pyFiles", task.pyFiles());
        put(dependencies, "files", task.files());
        put(dependencies, "packages", task.packages());
        if (!dependencies.isEmpty()) {
            spec.put("deps", dependencies);
        }
        Map<String, Object> driver = part(task.driverResources());
        task.serviceAccount().ifPresent(s -> driver.put("serviceAccount", s));
        spec.put("driver", driver);
        Map<String, Object> executor = part(task.executorResources());
        executor.put("instances", task.executors());
        spec.put("executor", executor);
        return spec;
    }

    private static void put(Map<String, Object> into, String name, List<?> values) {
        if (!values.isEmpty()) {
            into.put(name, values);
        }
    }

    /** Spark counts whole cores; what Kubernetes keeps for them is told beside. */
    private static Map<String, Object> part(Resources resources) {
        Map<String, Object> part = new LinkedHashMap<>();
        resources.cpuRequest().ifPresent(cpu -> {
            BigDecimal cores = cpu.endsWith("m")
                    ? new BigDecimal(cpu.substring(0, cpu.length() - 1)).movePointLeft(3)
                    : new BigDecimal(cpu);
            part.put("cores", cores.setScale(0, RoundingMode.CEILING).intValueExact());
            part.put("coreRequest", cpu);
        });
        resources.cpuLimit().ifPresent(cpu -> part.put("coreLimit", cpu));
        resources
                .memoryRequest()
                .or(resources::memoryLimit)
                .ifPresent(m ->
                        part.put("memory", m.substring(0, m.length() - 1).toLowerCase(Locale.ROOT)));
        resources.gpu().flatMap(Gpu::resourceName).ifPresent(name -> {
            Map<?, ?> limits =
                    (Map<?, ?>) Objects.requireNonNull(resources.toTree().get("limits"));
            part.put("gpu", Map.of("name", name, "quantity", Integer.valueOf(String.valueOf(limits.get(name)))));
        });
        return part;
    }

    private static Map<String, Object> merged(Map<?, ?> ours, Map<?, ?> theirs) {
        Map<String, Object> merged = new LinkedHashMap<>();
        ours.forEach((key, value) -> merged.put(String.valueOf(key), value));
        theirs.forEach((key, value) -> merged.merge(
                String.valueOf(key),
                value,
                (a, b) -> a instanceof Map<?, ?> old && b instanceof Map<?, ?> added ? merged(old, added) : b));
        return merged;
    }
}
