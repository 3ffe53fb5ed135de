package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Expression;
import dev.fairlead.airflow.dag.PodFinish;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.kubernetes.PodTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes pods. */
final class PodKind implements TaskKind<PodTask> {
    @Override
    public String operator(PodTask task) {
        return "KubernetesPodOperator";
    }

    @Override
    public Map<String, String> mappable() {
        return Map.of("args", "arguments", "env", "env_vars");
    }

    @Override
    public void write(PodTask task, Arguments out) {
        out.plain("kubernetes_conn_id", task.connection());
        out.plain("namespace", task.namespace());
        writePod(task.pod(), task.evaluatedEnv(), task.evaluatedArgs(), out);
        if (!task.copiesLog()) {
            out.plain("get_logs", false);
        }
        out.flag("deferrable", task.deferrable());
        out.flag("do_xcom_push", task.returnsOutput());
        if (task.onFinish() != PodFinish.DELETE) {
            out.plain("on_finish_action", task.onFinish().name().toLowerCase(Locale.ROOT) + "_pod");
        }
        if (!task.reattaches()) {
            out.plain("reattach_on_restart", false);
        }
        if (!task.logContainers().isEmpty()) {
            out.plain("container_logs", task.logContainers());
        }
        out.seconds(
                task.deferrable() ? "poll_interval" : "base_container_status_polling_interval", task.pollInterval());
        out.seconds("startup_timeout_seconds", task.startupTimeout());
    }

    /** Writes a pod with what of it is evaluated. */
    static void writePod(
            PodTemplate pod, Map<String, Expression> evaluatedEnv, List<Expression> evaluatedArgs, Arguments out) {
        out.plain("base_container_name", pod.mainContainer());
        Map<String, Object> tree = new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "Pod"));
        tree.putAll(pod.toTree());
        out.put("pod_template_dict", out.jinja().value(tree));
        out.texts("env_vars", evaluatedEnv);
        if (!evaluatedArgs.isEmpty()) {
            out.put("arguments", out.jinja().value(evaluatedArgs));
        }
        messagePolicy(pod, out);
    }

    /** The operator overwrites this field of the template with its own default, so the template's value is given to it. */
    private static void messagePolicy(PodTemplate pod, Arguments out) {
        if (pod.specTree().get("containers") instanceof List<?> containers
                && !containers.isEmpty()
                && containers.get(0) instanceof Map<?, ?> main
                && main.get("terminationMessagePolicy") instanceof String policy) {
            out.plain("termination_message_policy", policy);
        }
    }
}
