package dev.fairlead.airflow.dag;

import dev.fairlead.spi.Problems;
import java.util.List;
import java.util.Optional;

/** What holds for callbacks and for what calls them. */
final class CallbackRules {
    private CallbackRules() {}

    static void check(Problems at, String field, List<Callback> callbacks) {
        int i = 0;
        for (Callback callback : callbacks) {
            check(at.at(field + "[" + i++ + "]"), callback);
        }
    }

    static void checkDeadlines(Problems at, List<DeadlineAlert> deadlines) {
        int i = 0;
        for (DeadlineAlert alert : deadlines) {
            Problems place = at.at("deadlines[" + i++ + "]");
            TaskRules.positive(place, "within", Optional.of(alert.within()));
            if (alert.callback() instanceof Callback.Python) {
                place.add(
                        "callback",
                        "must be a mail or a message: Airflow runs it outside the DAG's file, where this code is not",
                        "Python");
            } else {
                check(place.at("callback"), alert.callback());
            }
            place.require(
                    alert.at().isPresent() == (alert.from() == DeadlineAlert.From.FIXED),
                    "at",
                    "must be set for a fixed instant, and for that alone",
                    alert.at().orElse(null));
        }
    }

    static void checkRetryRules(Problems at, List<RetryRule> rules) {
        int i = 0;
        for (RetryRule rule : rules) {
            Problems place = at.at("retryRules[" + i++ + "]");
            place.require(!rule.exceptions().isEmpty(), "exceptions", "must name an exception", null);
            for (String name : rule.exceptions()) {
                place.require(
                        name.matches("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)+"),
                        "exceptions",
                        "must be full Python names such as builtins.ValueError",
                        name);
            }
            TaskRules.positive(place, "delay", rule.delay());
            Texts.check(place, "reason", rule.reason());
        }
    }

    private static void check(Problems at, Callback callback) {
        if (callback instanceof Callback.Python python) {
            if (at.requireText("code", python.code().body())) {
                Texts.check(at, "code", python.code().body());
            }
        } else if (callback instanceof Callback.Email mail) {
            at.require(!mail.to().isEmpty(), "to", "must name who gets the mail", null);
            mail.to().forEach(to -> at.require(to.contains("@"), "to", "must be an address", to));
            checkText(at, "subject", mail.subject());
            checkText(at, "html", mail.html());
            checkConnection(at, mail.connection());
        } else if (callback instanceof Callback.Slack slack) {
            at.requireText("channel", slack.channel());
            checkText(at, "text", slack.text());
            checkConnection(at, slack.connection());
        }
    }

    private static void checkText(Problems at, String field, Expression text) {
        Texts.check(at, field, text);
        at.require(
                !(text instanceof TaskOutput<?>),
                field,
                "must not be the output of a task, which may not have run; say Template with ti.xcom_pull",
                text);
    }

    private static void checkConnection(Problems at, String connection) {
        at.require(
                connection.isEmpty() || connection.matches("[A-Za-z0-9_.-]{1,200}"),
                "connection",
                "must be a connection's id",
                connection);
    }
}
