package dev.fairlead.airflow.internal.render;

import dev.fairlead.airflow.dag.Callback;
import dev.fairlead.airflow.dag.DeadlineAlert;
import dev.fairlead.airflow.dag.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Writes what Airflow does when something happened. */
final class CallbackCode {
    private final PythonFile file;
    private final String taskId;

    /** Creates the writer for a task, or for the DAG where the id is empty. */
    CallbackCode(PythonFile file, String taskId) {
        this.file = file;
        this.taskId = taskId;
    }

    /** Adds callbacks under this name, unless there are none; functions are called by the wish. */
    void put(String name, String wish, List<Callback> callbacks, BiConsumer<String, Code> to) {
        if (!callbacks.isEmpty()) {
            List<Code> all = callbacks.stream().map(c -> callback(c, wish)).toList();
            to.accept(name, all.size() == 1 ? all.get(0) : new Code.Items(all));
        }
    }

    Code deadline(DeadlineAlert alert) {
        String reference = file.use("DeadlineReference") + "."
                + switch (alert.from()) {
                    case QUEUED_AT -> "DAGRUN_QUEUED_AT";
                    case LOGICAL_DATE -> "DAGRUN_LOGICAL_DATE";
                    case FIXED -> "FIXED_DATETIME";
                };
        Code from = alert.at()
                .<Code>map(at ->
                        new Code.Call(reference, List.of(new Code.Argument("", Times.instant(at, file.imports())))))
                .orElseGet(() -> new Code.Raw(reference));
        Map<String, Code> kwargs = new LinkedHashMap<>();
        arguments(alert.callback()).forEach(a -> kwargs.put(a.name(), a.value()));
        Code callback = new Code.Call(
                file.use("AsyncCallback"),
                List.of(
                        new Code.Argument("", new Code.Raw(file.use(notifier(alert.callback())))),
                        new Code.Argument("kwargs", new Code.Entries(kwargs))));
        return new Code.Call(
                file.use("DeadlineAlert"),
                List.of(
                        new Code.Argument("reference", from),
                        new Code.Argument("interval", Times.duration(alert.within(), file.imports())),
                        new Code.Argument("callback", callback)));
    }

    private Code callback(Callback callback, String wish) {
        if (callback instanceof Callback.Python python) {
            String name = taskId.isEmpty() ? wish : wish + "_of_" + taskId;
            return new Code.Raw(file.function(
                    taskId, name, List.of("context"), python.code().body()));
        }
        return new Code.Call(file.use(notifier(callback)), arguments(callback));
    }

    private static String notifier(Callback callback) {
        return callback instanceof Callback.Slack ? "SlackNotifier" : "SmtpNotifier";
    }

    private List<Code.Argument> arguments(Callback callback) {
        List<Code.Argument> arguments = new ArrayList<>();
        if (callback instanceof Callback.Email mail) {
            arguments.add(new Code.Argument("to", Jinja.plain(mail.to())));
            if (!mail.from().isEmpty()) {
                arguments.add(new Code.Argument("from_email", text(mail.from())));
            }
            arguments.add(new Code.Argument("subject", text(mail.subject())));
            arguments.add(new Code.Argument("html_content", text(mail.html())));
            if (!mail.connection().isEmpty()) {
                arguments.add(new Code.Argument("smtp_conn_id", new Code.Str(mail.connection())));
            }
        } else if (callback instanceof Callback.Slack slack) {
            if (!slack.connection().isEmpty()) {
                arguments.add(new Code.Argument("slack_conn_id", new Code.Str(slack.connection())));
            }
            arguments.add(new Code.Argument("channel", text(slack.channel())));
            arguments.add(new Code.Argument("text", text(slack.text())));
        }
        return arguments;
    }

    private static Code text(String text) {
        return text(Expression.text(text));
    }

    /** A notifier evaluates its texts without knowing literals, so that braces of a text are written as what evaluates to them. */
    private static Code text(Expression expression) {
        return new Code.Str(Jinja.escaped(expression));
    }
}
