package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.TaskState;
import dev.fairlead.airflow.dag.Expression;
import dev.fairlead.airflow.dag.ExternalTask;
import dev.fairlead.airflow.dag.SensorTask;
import dev.fairlead.airflow.dag.TrustedPython;
import dev.fairlead.airflow.dag.Until;
import java.util.List;
import java.util.Optional;

/** Writes what a sensor waits for. */
final class UntilCode {
    private UntilCode() {}

    static void write(SensorTask task, Arguments out) {
        Until until = task.until();
        if (until instanceof ExternalTask other) {
            write(other, task, out);
        } else if (until instanceof Until.File file) {
            own("filepath", file.path(), out);
            text("fs_conn_id", file.connection(), out);
            out.flag("recursive", file.recursive());
        } else if (until instanceof Until.TimeDelta time) {
            out.duration("delta", Optional.of(time.delta()));
        } else if (until instanceof Until.DateTime time) {
            own("target_time", time.time(), out);
        } else if (until instanceof Until.Bash bash) {
            out.put("bash_command", out.jinja().code(bash.command()));
            out.texts("env", bash.env());
        } else if (until instanceof Until.Python python) {
            Functions.write(out, "check_", python.code(), python.arguments());
        } else if (until instanceof Until.Http http) {
            write(http, out);
        } else if (until instanceof Until.Sql sql) {
            out.put("conn_id", out.jinja().text(sql.connection()));
            out.put("sql", out.jinja().code(sql.sql()));
            if (!sql.parameters().isEmpty()) {
                out.put("parameters", out.jinja().nativeValue(sql.parameters()));
            }
        } else if (until instanceof Until.SparkApplication spark) {
            out.put("application_name", out.jinja().code(spark.name()));
            text("namespace", spark.namespace(), out);
            text("kubernetes_conn_id", spark.connection(), out);
            out.flag("attach_log", spark.copiesLog());
        }
    }

    /** Writes what all instances have alike; what each has of its own stands in the mapping. */
    private static void own(String name, Expression value, Arguments out) {
        if (!value.equals(Until.EACH)) {
            out.put(name, out.jinja().code(value));
        }
    }

    private static void write(ExternalTask until, SensorTask task, Arguments out) {
        out.put("external_dag_id", out.jinja().code(until.dagId()));
        if (!until.taskIds().isEmpty()) {
            out.put("external_task_ids", out.jinja().value(until.taskIds()));
        }
        text("external_task_group_id", until.group(), out);
        states("allowed_states", until.allowed(), out);
        states("failed_states", until.failed(), out);
        states("skipped_states", until.skipped(), out);
        if (!until.earlier().isZero()) {
            out.duration("execution_delta", Optional.of(until.earlier()));
        }
        function(
                "execution_date_fn",
                "logical_date_of_",
                List.of("logical_date", "**context"),
                until.logicalDate(),
                out);
        out.flag("check_existence", until.checksExistence());
        if (task.deferrable()) {
            out.seconds("poll_interval", task.pokeInterval());
        }
    }

    private static void write(Until.Http until, Arguments out) {
        text("http_conn_id", until.connection(), out);
        own("endpoint", until.endpoint(), out);
        if (!until.method().equals("GET")) {
            out.plain("method", until.method());
        }
        out.texts("request_params", until.params());
        out.texts("headers", until.headers());
        function("response_check", "check_", HttpKind.RESPONSE, until.responseCheck(), out);
    }

    private static void text(String name, String value, Arguments out) {
        if (!value.isEmpty()) {
            out.put(name, out.jinja().text(value));
        }
    }

    private static void states(String name, List<TaskState> states, Arguments out) {
        if (!states.isEmpty()) {
            out.plain(name, states.stream().map(TaskState::value).toList());
        }
    }

    private static void function(
            String name, String prefix, List<String> parameters, TrustedPython code, Arguments out) {
        if (!code.body().isEmpty()) {
            out.put(name, new Code.Raw(Functions.of(out, prefix, parameters, code)));
        }
    }
}
