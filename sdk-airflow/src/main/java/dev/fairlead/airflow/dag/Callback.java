package dev.fairlead.airflow.dag;

import java.util.List;

/**
 * Is what Airflow does when something happened: to a run, to a task, or because a deadline passed.
 *
 * @see <a href="https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/logging-monitoring/callbacks.html">Callbacks</a>
 */
public sealed interface Callback {
    /** Runs Python with {@code context} as its variable: the body of a function, as a colleague wrote and reviewed it. */
    static Callback python(String body) {
        return new Python(TrustedPython.of(body));
    }

    /** Sends a mail by the connection {@code smtp_default}; needs the provider {@code smtp}. */
    static Email email(String to, String subject) {
        return new Email(List.of(to), Expression.text(subject), Expression.text(subject), "", "");
    }

    /** Writes to a channel by the connection {@code slack_api_default}; needs the provider {@code slack}. */
    static Slack slack(String channel, String text) {
        return new Slack(channel, Expression.text(text), "");
    }

    /**
     * Runs Python.
     *
     * @param code the body of a function; {@code context} is its variable
     */
    record Python(TrustedPython code) implements Callback {}

    /**
     * Sends a mail.
     *
     * @param to who gets it
     * @param subject its subject
     * @param html its content, HTML
     * @param from who sends it; empty leaves it to the connection
     * @param connection the connection to the mail server; empty means {@code smtp_default}
     */
    record Email(List<String> to, Expression subject, Expression html, String from, String connection)
            implements Callback {
        /** Copies the addresses. */
        public Email {
            to = List.copyOf(to);
        }

        /** Returns a copy with this content, HTML that is not evaluated. */
        public Email html(String content) {
            return html(Expression.text(content));
        }

        /** Returns a copy with this content, HTML. */
        public Email html(Expression content) {
            return new Email(to, subject, content, from, connection);
        }

        /** Returns a copy with this subject. */
        public Email subject(Expression changed) {
            return new Email(to, changed, html, from, connection);
        }

        /** Returns a copy sent by this address. */
        public Email from(String sender) {
            return new Email(to, subject, html, sender, connection);
        }

        /** Returns a copy sent by this connection. */
        public Email connection(String id) {
            return new Email(to, subject, html, from, id);
        }
    }

    /**
     * Writes to Slack.
     *
     * @param channel the channel
     * @param text what it writes
     * @param connection the connection to Slack; empty means {@code slack_api_default}
     */
    record Slack(String channel, Expression text, String connection) implements Callback {
        /** Returns a copy with this text. */
        public Slack text(Expression changed) {
            return new Slack(channel, changed, connection);
        }

        /** Returns a copy sent by this connection. */
        public Slack connection(String id) {
            return new Slack(channel, text, id);
        }
    }
}
