package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.BashTask;
import dev.fairlead.airflow.dag.EmptyTask;
import dev.fairlead.airflow.dag.Expression;
import dev.fairlead.airflow.dag.PodTask;
import dev.fairlead.airflow.dag.PythonTask;
import dev.fairlead.airflow.dag.Task;
import dev.fairlead.airflow.dag.TriggerRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the operator of one task. */
final class TaskCode {
    private static final List<String> BASH_FILES = List.of(".sh", ".bash");

    private final Imports imports;
    private final List<Code.Argument> arguments = new ArrayList<>();

    private TaskCode(Imports imports) {
        this.imports = imports;
    }

    /** Writes a task; {@code function} names the function of a Python task. */
    static Code of(Task task, String function, Imports imports) {
        return new TaskCode(imports).write(task, function);
    }

    private Code write(Task task, String function) {
        put("task_id", new Code.Str(task.id()));
        if (task instanceof BashTask bash) {
            bash(bash);
        } else if (task instanceof PythonTask python) {
            python(python, function);
        } else if (task instanceof PodTask pod) {
            pod(pod);
        }
        common(task);
        return new Code.Call(imports.use(operator(task)), List.copyOf(arguments));
    }

    private static String operator(Task task) {
        if (task instanceof BashTask) {
            return "BashOperator";
        }
        if (task instanceof PythonTask) {
            return "PythonOperator";
        }
        return task instanceof EmptyTask ? "EmptyOperator" : "KubernetesPodOperator";
    }

    private void common(Task task) {
        task.retries().ifPresent(n -> put("retries", Jinja.plain(n)));
        task.retryDelay().ifPresent(d -> put("retry_delay", duration(d, imports)));
        task.executionTimeout().ifPresent(d -> put("execution_timeout", duration(d, imports)));
        if (task.triggerRule() != TriggerRule.ALL_SUCCESS) {
            put("trigger_rule", new Code.Str(task.triggerRule().word()));
        }
        task.pool().ifPresent(p -> put("pool", new Code.Str(p)));
        task.priorityWeight().ifPresent(w -> put("priority_weight", Jinja.plain(w)));
        task.queue().ifPresent(q -> put("queue", new Code.Str(q)));
        task.doc().ifPresent(d -> put("doc_md", Renderer.markdown(d)));
    }

    private void bash(BashTask task) {
        Jinja jinja = new Jinja(imports, BASH_FILES);
        put("bash_command", jinja.code(task.command()));
        if (!task.env().isEmpty()) {
            put("env", texts(task.env(), jinja));
            put("append_env", Jinja.plain(true));
        }
        task.workingDirectory().ifPresent(d -> put("cwd", jinja.text(d)));
    }

    private void python(PythonTask task, String function) {
        put("python_callable", new Code.Raw(function));
        if (!task.arguments().isEmpty()) {
            put("op_kwargs", new Jinja(imports, List.of()).value(task.arguments()));
        }
    }

    private void pod(PodTask task) {
        Jinja jinja = new Jinja(imports, List.of());
        task.connection().ifPresent(c -> put("kubernetes_conn_id", new Code.Str(c)));
        task.namespace().ifPresent(n -> put("namespace", new Code.Str(n)));
        put("base_container_name", new Code.Str(task.pod().mainContainer()));
        put("pod_template_dict", jinja.value(podTree(task)));
        if (!task.evaluatedEnv().isEmpty()) {
            put("env_vars", texts(task.evaluatedEnv(), jinja));
        }
        if (!task.evaluatedArgs().isEmpty()) {
            put("arguments", jinja.value(task.evaluatedArgs()));
        }
        messagePolicy(task);
        if (!task.copiesLog()) {
            put("get_logs", Jinja.plain(false));
        }
        if (task.deferrable()) {
            put("deferrable", Jinja.plain(true));
        }
        if (task.returnsOutput()) {
            put("do_xcom_push", Jinja.plain(true));
        }
        if (task.keepsPod()) {
            put("on_finish_action", new Code.Str("keep_pod"));
        }
        task.startupTimeout().ifPresent(t -> put("startup_timeout_seconds", Jinja.plain(wholeSeconds(t))));
    }

    private static Map<String, Object> podTree(PodTask task) {
        Map<String, Object> pod = new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "Pod"));
        pod.putAll(task.pod().toTree());
        return pod;
    }

    /** The operator overwrites this field of the template with its own default, so the template's value is given to it. */
    private void messagePolicy(PodTask task) {
        if (task.pod().specTree().get("containers") instanceof List<?> containers
                && !containers.isEmpty()
                && containers.get(0) instanceof Map<?, ?> main
                && main.get("terminationMessagePolicy") instanceof String policy) {
            put("termination_message_policy", new Code.Str(policy));
        }
    }

    private static Code texts(Map<String, Expression> texts, Jinja jinja) {
        Map<String, Code> entries = new LinkedHashMap<>();
        new TreeMap<>(texts).forEach((name, value) -> entries.put(name, jinja.code(value)));
        return new Code.Entries(entries);
    }

    private static long wholeSeconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() : duration.toSeconds() + 1;
    }

    static Code duration(Duration duration, Imports imports) {
        List<Code.Argument> parts = new ArrayList<>();
        long micros = duration.toNanosPart() / 1000;
        if (duration.toSeconds() > 0 || micros == 0) {
            parts.add(new Code.Argument("seconds", new Code.Raw(String.valueOf(duration.toSeconds()))));
        }
        if (micros > 0) {
            parts.add(new Code.Argument("microseconds", new Code.Raw(String.valueOf(micros))));
        }
        return new Code.Call(imports.use("timedelta"), parts);
    }

    private void put(String name, Code value) {
        arguments.add(new Code.Argument(name, value));
    }
}
