package dev.fairlead.airflow.dag;

/**
 * Is a text of a task. Airflow evaluates most texts of its operators as Jinja templates; here the type decides: {@link Text} arrives as it
 * is written, {@link Template} is evaluated when the task runs, {@link TaskOutput} becomes what another task returned.
 */
public sealed interface Expression permits Text, Template, TaskOutput {
    /** Makes a text that arrives as it is written, whatever braces it holds. */
    static Expression text(String value) {
        return new Text(value);
    }

    /** Makes a Jinja template, such as {@code {{ ds }}}. */
    static Expression template(String source) {
        return new Template(source);
    }
}
