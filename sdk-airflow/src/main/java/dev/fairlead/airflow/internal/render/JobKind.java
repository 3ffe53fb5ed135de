package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.JobTask;
import java.util.Map;
import java.util.OptionalInt;

/** Writes Kubernetes jobs. */
final class JobKind implements TaskKind<JobTask> {
    @Override
    public String operator(JobTask task) {
        return task.queueName().isPresent() ? "KubernetesStartKueueJobOperator" : "KubernetesJobOperator";
    }

    @Override
    public Map<String, String> mappable() {
        return Map.of("args", "arguments", "env", "env_vars");
    }

    @Override
    public void write(JobTask task, Arguments out) {
        task.queueName().ifPresent(q -> {
            out.put("queue_name", out.jinja().text(q));
            out.plain("suspend", true);
        });
        out.plain("kubernetes_conn_id", task.connection());
        out.plain("namespace", task.namespace());
        PodKind.writePod(task.pod(), task.evaluatedEnv(), task.evaluatedArgs(), out);
        number("completions", task.completions(), out);
        number("parallelism", task.parallelism(), out);
        number("backoff_limit", task.backoffLimit(), out);
        if (task.indexed()) {
            out.plain("completion_mode", "Indexed");
        }
        out.seconds("ttl_seconds_after_finished", task.timeToLive());
        out.flag("wait_until_job_complete", task.waits());
        out.seconds("job_poll_interval", task.pollInterval());
        out.flag("deferrable", task.deferrable());
        // without waiting there is no log to copy
        if (!task.copiesLog() || !task.waits()) {
            out.plain("get_logs", false);
        }
        out.flag("do_xcom_push", task.returnsOutput());
    }

    private static void number(String name, OptionalInt value, Arguments out) {
        value.ifPresent(n -> out.plain(name, n));
    }
}
